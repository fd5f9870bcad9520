import { unitName } from "../charts/unit-name";
import type { MetricInfo, TestResult } from "../data/outputs";
import { humanName } from "../names";

type Reading = TestResult["readings"][number];

/** All readings of one metric. */
export interface ReadingGroup {
  readonly metric: string;
  readonly name: string;
  readonly description: string;
  readonly unit: string;
  readonly kind: Reading["kind"];
  readonly readings: readonly Reading[];
}

/** Readings by metric, in the order in which the plugin declares them: related ones stand together there. */
export function groupReadings(
  readings: readonly Reading[],
  declared: readonly Pick<MetricInfo, "name">[],
  pluginId: string,
): ReadingGroup[] {
  const groups = new Map<string, Reading[]>();
  for (const reading of readings) {
    const group = groups.get(reading.metric);
    if (group) group.push(reading);
    else groups.set(reading.metric, [reading]);
  }
  const order = new Map(declared.map(({ name }, index) => [name, index]));
  return [...groups]
    .sort(([a], [b]) => (order.get(a) ?? declared.length) - (order.get(b) ?? declared.length))
    .flatMap(([metric, own]) => {
      const [first] = own;
      if (!first) return [];
      const { description, unit, kind } = first;
      return [{ metric, name: humanName(metric, pluginId), description, unit, kind, readings: own }];
    })
    .map((group, _, all) => {
      // "Used" in bytes and "Used" in per cent are told apart by what they are measured in.
      const alike = all.some(({ name, metric }) => name === group.name && metric !== group.metric);
      const unit = unitName(group.unit);
      return alike && unit !== "" ? { ...group, name: `${group.name} (${unit})` } : group;
    });
}
