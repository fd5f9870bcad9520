import type { SeriesNames } from "./metrics/victoriametrics/labels";
import type { Unity } from "./unity";

/** What a series is called outside. @returns undefined when its instance is removed */
export function nameSeries(
  { series, instances }: Pick<Unity, "series" | "instances">,
  id: number,
): SeriesNames | undefined {
  const facts = series.get(id);
  const instance = facts && instances.get(facts.instanceId);
  if (!instance) return undefined;
  const { plugin, name, host } = instance;
  return { metric: facts.metric, labels: facts.labels, plugin, instance: name, host };
}
