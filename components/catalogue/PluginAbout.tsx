import type { PluginDetail } from "../data/outputs";
import { AlertsCard, MetricsCard } from "./AboutCards";

/** What a plugin collects and what watches that, for those who may not add it. */
export function PluginAbout({ plugin }: { plugin: PluginDetail }) {
  return (
    <div className="flex max-w-3xl min-w-0 flex-col gap-4">
      <p className="text-sm text-pretty text-muted">An admin of this Unity can add it.</p>
      <AlertsCard rules={plugin.rules} name={plugin.name} />
      <MetricsCard plugin={plugin} />
    </div>
  );
}
