import type { Clock } from "../clock";
import type { Instance } from "../collect/instance";
import type { Log } from "../log";
import type { SeriesIndex } from "../metrics/series";
import type { MetricStore, StoreStats } from "../metrics/store";
import { type MeasuredLoad, measureLoad, type PluginSeries } from "./measure-load";
import type { RetentionBook } from "./open-retention";
import { planStorage, type StoragePlan } from "./plan-storage";
import { pruneTerms } from "./prune-terms";
import type { RetentionSettings } from "./settings";

const DAY_SECONDS = 86_400;

/** Keeps samples as long as it is set, and under the budget. */
export interface Keeper {
  /** What there is, and what comes in. @throws StoreUnavailable */
  measure(): Promise<{ stats: StoreStats; load: MeasuredLoad }>;
  /** Drops what is too old, and says once when a budget changes what that is. @throws StoreUnavailable */
  prune(): Promise<number>;
}

type Listed = Pick<Instance, "id" | "plugin" | "enabled" | "intervalSeconds">;
interface Parts {
  readonly store: MetricStore;
  readonly series: Pick<SeriesIndex, "ofInstance">;
  readonly instances: { list(): readonly Listed[] };
  readonly retention: RetentionBook;
  readonly clock: Pick<Clock, "now">;
  readonly log: Pick<Log, "info" | "warn">;
}

export function createKeeper({ store, series, instances, retention, clock, log }: Parts): Keeper {
  let said = "";

  async function measure() {
    const stats = await store.stats();
    const plugins = seriesOfPlugins(instances, series);
    return { stats, load: measureLoad({ stats, usage: store.usage?.(), plugins, now: clock.now() }) };
  }

  return {
    measure,
    async prune() {
      const settings = await retention.read();
      const { budgetBytes } = settings;
      const { stats, load } = await measure();
      if (stats.serverKeeps !== undefined) return 0;
      const plan = planStorage(load, settings, budgetBytes);
      said = tell(plan, { said, settings, log });
      const bySeries = new Map(seriesOfPlugins(instances, series).map((one) => [one.plugin, one.series]));
      const terms = pruneTerms(plan.kept, bySeries);
      return store.prune(clock.now(), terms.retention, terms.shorter);
    },
  };
}

/** Also those that are paused: what they measured is kept as long. */
function seriesOfPlugins(instances: Parts["instances"], index: Parts["series"]): PluginSeries[] {
  const byPlugin = new Map<string, { plugin: string; series: number[]; expectedPerDay: number }>();
  for (const { id, plugin, enabled, intervalSeconds } of instances.list()) {
    const known = byPlugin.get(plugin) ?? { plugin, series: [], expectedPerDay: 0 };
    const mine = index.ofInstance(id);
    for (const one of mine) known.series.push(one.id);
    if (enabled) known.expectedPerDay += (mine.length * DAY_SECONDS) / intervalSeconds;
    byPlugin.set(plugin, known);
  }
  return [...byPlugin.values()];
}

/** @returns what was said, so that it is not said again every night */
function tell(
  { shortened, fits, kept, cost }: StoragePlan,
  { said, settings, log }: { said: string; settings: RetentionSettings; log: Parts["log"] },
): string {
  const words = shortened ? JSON.stringify([settings.budgetBytes, kept, fits]) : "";
  if (words === said) return said;
  const { rawDays, hourlyDays, plugins } = kept;
  const facts = {
    budgetBytes: settings.budgetBytes,
    plannedBytes: Math.round(cost.bytes),
    rawDays,
    hourlyDays,
    plugins,
  };
  if (!shortened) log.info(facts, "samples fit into the budget as they are: they are kept as long as it is set");
  else if (fits) log.info(facts, "samples are kept shorter than it is set, so that they stay under the budget");
  else
    log.warn(
      facts,
      "samples do not fit into the budget, although they are kept as short as makes sense: raise it, or watch less",
    );
  return words;
}
