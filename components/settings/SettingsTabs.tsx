"use client";

import { usePathname } from "next/navigation";
import { useMe } from "@/components/account/use-me";
import { PlaceTabs } from "@/components/ui/PlaceTabs";
import { SETTINGS } from "./places";

/** The pages of the settings that one may open. */
export function SettingsTabs() {
  const pathname = usePathname();
  const { may } = useMe();
  const shown = SETTINGS.filter(({ needs }) => needs === undefined || may(needs));
  return (
    <PlaceTabs label="Settings" items={shown.map(({ href, name }) => ({ href, name, current: href === pathname }))} />
  );
}
