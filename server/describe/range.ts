import type { z } from "zod";
import type { SeriesFacts } from "../metrics/series";
import type { SightParts } from "../sight/sight";
import type { Range } from "../trpc/outputs";
import { findPaceMs } from "./pace";

type Parts = Pick<SightParts, "series" | "store" | "instances" | "registry">;
export interface Selection {
  readonly instance: string;
  readonly metrics: readonly string[];
  readonly where: Readonly<Record<string, string>>;
}

/** The series of an instance that a chart asks for. @throws UnityError `not_found` */
export function selectSeries({ instances, series }: Parts, { instance, metrics, where }: Selection): SeriesFacts[] {
  const wanted = new Set(metrics);
  const labels = Object.entries(where);
  return series
    .ofInstance(instances.require(instance).id)
    .filter(
      ({ metric, labels: own }) =>
        (wanted.size === 0 || wanted.has(metric)) && labels.every(([name, value]) => own[name] === value),
    );
}

/** Lines of a chart. More than `maxLines` series: the largest on average, so that what matters is drawn. */
export async function describeRange(
  parts: Parts,
  selection: Selection,
  { from, to, maxPoints, maxLines }: { from: number; to: number; maxPoints: number; maxLines: number },
): Promise<z.output<typeof Range>> {
  const { store, registry } = parts;
  const instance = parts.instances.require(selection.instance);
  const selected = selectSeries(parts, selection);
  const { chosen, total } =
    selected.length > maxLines
      ? await chooseLargest(store, selected, { from, to, maxLines })
      : { chosen: selected, total: selected.length };
  const { metrics = {}, receive } = registry.get(instance.plugin) ?? {};
  const slowest = Math.max(instance.intervalSeconds, ...chosen.map(({ metric }) => metrics[metric]?.everySeconds ?? 0));
  const ids = chosen.map(({ id }) => id);
  const isPushed = receive !== undefined && !chosen.some(({ metric }) => Object.hasOwn(metrics, metric));
  const minStepMs = (isPushed ? await findPaceMs(store, ids) : undefined) ?? slowest * 1_000;
  const range = await store.range({ series: ids, from, to, maxPoints, minStepMs });
  const measured = new Set(
    range.series.filter(({ avg }) => avg.some((value) => value !== null)).map((one) => one.series),
  );
  // What ended before the window (a process, a container) is no line of it. Without any, all stay for what comes live.
  const lines = measured.size > 0 ? chosen.filter(({ id }) => measured.has(id)) : chosen;
  const columns = new Map(range.series.map((line) => [line.series, line]));
  return {
    from: range.from,
    stepMs: range.stepMs,
    length: range.length,
    tierSeconds: range.tierSeconds,
    total: Math.max(lines.length, total - (chosen.length - lines.length)),
    lines: lines.flatMap(({ id, metric, labels }) => {
      const line = columns.get(id);
      return line
        ? [{ series: id, metric, labels: { ...labels }, avg: [...line.avg], min: [...line.min], max: [...line.max] }]
        : [];
    }),
  };
}

/** The largest on average in the window, and how many have anything in it. */
async function chooseLargest(
  store: SightParts["store"],
  series: readonly SeriesFacts[],
  { from, to, maxLines }: { from: number; to: number; maxLines: number },
): Promise<{ chosen: SeriesFacts[]; total: number }> {
  const ids = series.map(({ id }) => id);
  const ranked = await store.top({ series: ids, from, to, by: "avg", limit: ids.length });
  const kept = new Set(ranked.slice(0, maxLines).map((one) => one.series));
  return { chosen: series.filter(({ id }) => kept.has(id)), total: ranked.length };
}
