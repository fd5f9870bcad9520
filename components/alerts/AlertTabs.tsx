"use client";

import { useMe } from "@/components/account/use-me";
import { PlaceTabs } from "@/components/ui/PlaceTabs";

const TABS = [
  { key: "firing", href: "/alerts", name: "Firing" },
  { key: "rules", href: "/alerts/rules", name: "Rules" },
  { key: "history", href: "/alerts/history", name: "History" },
  { key: "silences", href: "/alerts/silences", name: "Silences" },
] as const;
/** Of who is told of everything. */
const OF_ALL = [
  { key: "channels", href: "/alerts/channels", name: "Channels" },
  { key: "notifications", href: "/alerts/notifications", name: "Notifications" },
] as const;
type Key = (typeof TABS | typeof OF_ALL)[number]["key"];

/** The pages about alerts, as tabs with addresses. */
export function AlertTabs({ current }: { current: Key }) {
  const tabs = useMe().seesAll ? [...TABS, ...OF_ALL] : TABS;
  return <PlaceTabs label="Alerts" items={tabs.map(({ key, ...tab }) => ({ ...tab, current: key === current }))} />;
}
