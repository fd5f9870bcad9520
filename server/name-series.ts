import type { SeriesNames } from "./metrics/victoriametrics/labels";
import type { Unity } from "./unity";

/** What series are called outside. Those whose instance is removed are left out. */
export function nameSeries(
  { series, instances }: Pick<Unity, "series" | "instances">,
  ids: readonly number[],
): ReadonlyMap<number, SeriesNames> {
  const names = new Map<number, SeriesNames>();
  for (const id of ids) {
    const facts = series.get(id);
    const instance = facts && instances.get(facts.instanceId);
    if (!instance) continue;
    const { plugin, name, host } = instance;
    names.set(id, { metric: facts.metric, labels: facts.labels, plugin, instance: name, host });
  }
  return names;
}
