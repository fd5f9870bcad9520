import { type DefaultRule, defaultRules } from "../alerts/rules";
import type { Unity } from "../unity";
import { crossingAt } from "./crossing";
import { storedUnit } from "./figures";

type Parts = Pick<Unity, "registry" | "instances" | "series" | "store" | "clock" | "log">;

/** What a rule watches ahead of time (free space), and when it gets there at its present pace. */
export interface Outlook {
  readonly instanceId: string;
  readonly series: number;
  readonly metric: string;
  readonly unit: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly comparison: "above" | "below";
  readonly threshold: number;
  readonly at: number;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const FRESH_MS = 5 * MINUTE_MS;
/** A burst shows in hours, a slow growth in days; days are read from the hourly rollups. */
const WINDOWS = [
  { spanMs: 3 * HOUR_MS, stepMs: 5 * MINUTE_MS },
  { spanMs: 72 * HOUR_MS, stepMs: HOUR_MS },
] as const;
/** More would cost a page's worth of reading for news that no one reads to the end. */
const MOST_SERIES = 300;

type Watched = Omit<Outlook, "at">;

/** Courses are looked at every five minutes, beside the page: the answer is what the last look saw. */
export function createOutlook(parts: Parts): () => readonly Outlook[] {
  let seen: readonly Outlook[] = [];
  let lookedAt = 0;
  return () => {
    const now = parts.clock.now();
    if (now - lookedAt >= FRESH_MS) {
      lookedAt = now;
      look(parts, now)
        .then((found) => {
          seen = found;
        })
        .catch((error: unknown) => parts.log.warn({ err: error }, "what is about to happen could not be worked out"));
    }
    return seen;
  };
}

async function look(parts: Parts, now: number): Promise<Outlook[]> {
  const watched = watchedSeries(parts).slice(0, MOST_SERIES);
  const soonest = new Map<number, Outlook>();
  for (const { spanMs, stepMs } of WINDOWS) {
    const range = await parts.store.range({
      series: watched.map(({ series }) => series),
      from: now - spanMs,
      to: now,
      maxPoints: spanMs / stepMs + 1,
      minStepMs: stepMs,
    });
    const columns = new Map(range.series.map(({ series, avg }) => [series, avg]));
    for (const one of watched) {
      const at = crossingAt({ ...one, points: columns.get(one.series) ?? [], stepMs: range.stepMs }, now);
      if (at !== null && at < (soonest.get(one.series)?.at ?? Number.POSITIVE_INFINITY))
        soonest.set(one.series, { ...one, at });
    }
  }
  return [...soonest.values()].sort((a, b) => a.at - b.at);
}

function watchedSeries({ registry, instances, series }: Parts): Watched[] {
  return instances.list().flatMap((instance) => {
    const plugin = registry.get(instance.plugin);
    if (!plugin || !instance.enabled) return [];
    const rules = defaultRules(plugin, instance.config).filter(({ over }) => over?.kind === "forecast");
    return rules.flatMap((rule) => {
      const { comparison, threshold } = rule;
      if (comparison === "equals" || threshold === null) return [];
      const spec = plugin.metrics[rule.metric];
      return series
        .ofInstance(instance.id)
        .filter(({ metric, labels }) => metric === rule.metric && matches(labels, rule.where))
        .map(({ id, metric, labels }) => ({
          instanceId: instance.id,
          series: id,
          metric,
          unit: spec ? storedUnit(spec) : "count",
          labels,
          comparison,
          threshold,
        }));
    });
  });
}

const matches = (labels: Readonly<Record<string, string>>, where: DefaultRule["where"]) =>
  Object.entries(where).every(([name, value]) => labels[name] === value);
