import type { Meter } from "../../plugins/sdk/board";
import type { Metrics, Plugin } from "../../plugins/sdk/plugin";
import type { StoredUnit, Unit } from "../../plugins/sdk/units";
import { OWN_METRICS, specOf } from "../collect/own-metrics";
import type { SeriesFacts } from "../metrics/series";

/** The unit of what is stored: a counter of bytes becomes bytes per second, one of seconds a ratio. */
export function storedUnit(spec: { kind: string; unit: Unit }): StoredUnit {
  if (spec.kind === "share") return "ratio";
  if (spec.kind !== "counter") return spec.unit;
  if (spec.unit === "bytes") return "bytes_per_second";
  if (spec.unit === "seconds") return "ratio";
  return "count_per_second";
}

/** The plugin's metrics and the runner's own. @param measured also what it found of others' there, with the labels that were seen */
export function metricsOf(plugin: Plugin, measured: readonly SeriesFacts[] = []): Metrics {
  const known: Metrics = { ...plugin.metrics, ...OWN_METRICS };
  if (!plugin.metricOf) return known;
  const labels = new Map<string, Set<string>>();
  for (const { metric, labels: own } of measured) {
    if (Object.hasOwn(known, metric)) continue;
    const names = labels.get(metric) ?? new Set();
    labels.set(metric, names);
    for (const name of Object.keys(own)) names.add(name);
  }
  const found = [...labels].flatMap(([metric, names]) => {
    const spec = specOf(plugin, metric);
    return spec ? [[metric, { ...spec, labels: [...names] }] as const] : [];
  });
  return { ...known, ...Object.fromEntries(found) };
}

/** A key figure of an instance: which series it is made of, and how. The page combines live values by the same rule. */
export interface Figure {
  readonly title: string;
  readonly unit: StoredUnit;
  readonly combine: "max" | "min" | "sum" | "avg";
  readonly series: readonly number[];
  /** A meter runs from 0 to this; null: no meter. A list means: the combined value of these series. */
  readonly max: number | readonly number[] | null;
  readonly warn: number | null;
  readonly bad: number | null;
  readonly lowIsBad: boolean;
  /** After this time without a sample the value is stale. Milliseconds. */
  readonly staleAfterMs: number;
}

export function figureOf(
  plugin: Plugin,
  meter: Meter,
  series: readonly SeriesFacts[],
  intervalSeconds: number,
): Figure {
  const spec = plugin.metrics[meter.metric];
  const unit = spec ? storedUnit(spec) : "count";
  const ids = (metric: string) => {
    const declared = plugin.metrics[metric]?.labels ?? [];
    // What a meter runs to may be told without the labels that the meter is chosen by: of all containers, the running ones.
    const where = Object.entries(meter.where ?? {}).filter(([name]) => declared.includes(name));
    return series.filter((one) => one.metric === metric && matches(one, where)).map(({ id }) => id);
  };
  const max = typeof meter.max === "string" ? ids(meter.max) : (meter.max ?? (unit === "ratio" ? 1 : null));
  return {
    title: meter.title,
    unit,
    combine: meter.combine ?? "max",
    series: ids(meter.metric),
    max,
    warn: meter.warn ?? null,
    bad: meter.bad ?? null,
    lowIsBad: meter.lowIsBad ?? false,
    staleAfterMs: Math.max(intervalSeconds, spec?.everySeconds ?? 0) * 3_000 + 5_000,
  };
}

/** The first two meters of the board: what a card shows. */
export const headlineOf = (plugin: Plugin): Meter[] =>
  plugin.board.filter((item): item is Meter => item.type === "meter").slice(0, 2);

function matches(series: SeriesFacts, where: readonly [name: string, value: string][]): boolean {
  return where.every(([name, value]) => series.labels[name] === value);
}
