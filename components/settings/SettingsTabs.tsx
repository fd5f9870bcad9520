"use client";

import { usePathname } from "next/navigation";
import { useMe } from "@/components/account/use-me";
import { PlaceTabs } from "@/components/ui/PlaceTabs";
import { settingsOf } from "./places";

/** The pages of the settings that one may open. */
export function SettingsTabs() {
  const pathname = usePathname();
  const shown = settingsOf(useMe().me);
  return (
    <PlaceTabs label="Settings" items={shown.map(({ href, name }) => ({ href, name, current: href === pathname }))} />
  );
}
