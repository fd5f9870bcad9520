import { PlaceTabs } from "@/components/ui/PlaceTabs";

const TABS = [
  { key: "firing", href: "/alerts", name: "Firing" },
  { key: "rules", href: "/alerts/rules", name: "Rules" },
  { key: "history", href: "/alerts/history", name: "History" },
  { key: "silences", href: "/alerts/silences", name: "Silences" },
  { key: "channels", href: "/alerts/channels", name: "Channels" },
  { key: "notifications", href: "/alerts/notifications", name: "Notifications" },
] as const;

/** The pages about alerts, as tabs with addresses. */
export function AlertTabs({ current }: { current: (typeof TABS)[number]["key"] }) {
  return <PlaceTabs label="Alerts" items={TABS.map(({ key, ...tab }) => ({ ...tab, current: key === current }))} />;
}
