"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { EmptyState } from "@/components/ui/EmptyState";
import { Tabs } from "@/components/ui/Tabs";
import { AlertsTab } from "./AlertsTab";
import { ChartsTab } from "./ChartsTab";
import { FirstReading } from "./FirstReading";
import { InstanceHeader } from "./InstanceHeader";
import { InventoryTab } from "./InventoryTab";
import { Problem } from "./Problem";
import { RunsTab } from "./RunsTab";
import { SettingsTab } from "./SettingsTab";
import { TABS, type Tab, tabOf } from "./tabs";
import { type InstanceHead, selectHead, useInstance, useNewSeries } from "./use-instance";

interface Props {
  readonly id: string;
  /** What the server took for now when it rendered the page. Epoch milliseconds. */
  readonly rendered: number;
}

/** The page of one instance. Its data came with the HTML; live messages change the parts that show them. */
export function InstanceView({ id, rendered }: Props) {
  const head = useInstance(id, selectHead);
  const params = useSearchParams();
  useNewSeries(id);
  if (!head) return <EmptyState icon="instances" title="This instance is not there any more" />;
  const tab = tabOf(params.get("tab") ?? undefined);
  return (
    <div className="flex flex-col gap-4">
      <InstanceHeader head={head} rendered={rendered} />
      <InstanceTabs current={tab} />
      <Problem id={id} enabled={head.enabled} status={head.status} rendered={rendered} />
      <FirstReading head={head} rendered={rendered} />
      <TabBody tab={tab} head={head} rendered={rendered} />
    </div>
  );
}

function TabBody({ tab, head, rendered }: { tab: Tab; head: InstanceHead; rendered: number }) {
  switch (tab) {
    case "charts":
      return <ChartsTab id={head.id} rendered={rendered} />;
    case "inventory":
      return <InventoryTab id={head.id} rendered={rendered} />;
    case "runs":
      return <RunsTab id={head.id} rendered={rendered} />;
    case "alerts":
      return <AlertsTab id={head.id} rendered={rendered} />;
    case "settings":
      return <SettingsTab head={head} rendered={rendered} />;
  }
  return tab satisfies never;
}

/** The window and whatever else stands in the URL goes along. */
function InstanceTabs({ current }: { current: Tab }) {
  const params = useSearchParams();
  const pathname = usePathname();
  const items = TABS.map((tab) => {
    const changed = new URLSearchParams(params);
    changed.delete("tab");
    if (tab !== "charts") changed.set("tab", tab);
    const query = changed.toString();
    return {
      href: query === "" ? pathname : `${pathname}?${query}`,
      name: tab.charAt(0).toUpperCase() + tab.slice(1),
      current: tab === current,
    };
  });
  return <Tabs label="Views of this instance" items={items} />;
}
