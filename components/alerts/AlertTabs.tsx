"use client";

import { useEffect, useRef } from "react";
import { Tabs } from "@/components/ui/Tabs";

const TABS = [
  { key: "firing", href: "/alerts", name: "Firing" },
  { key: "rules", href: "/alerts/rules", name: "Rules" },
  { key: "history", href: "/alerts/history", name: "History" },
  { key: "silences", href: "/alerts/silences", name: "Silences" },
  { key: "channels", href: "/alerts/channels", name: "Channels" },
  { key: "notifications", href: "/alerts/notifications", name: "Notifications" },
] as const;

/** The pages about alerts, as tabs with addresses. On a phone they are wider than the screen: the current one is brought into sight. */
export function AlertTabs({ current }: { current: (typeof TABS)[number]["key"] }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    box.current?.querySelector("[aria-current=page]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, []);
  return (
    <div ref={box} className="min-w-0">
      <Tabs label="Alerts" items={TABS.map(({ key, ...tab }) => ({ ...tab, current: key === current }))} />
    </div>
  );
}
