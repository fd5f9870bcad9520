/** What one plugin brings, as far as it was measured. */
export interface PluginLoad {
  readonly plugin: string;
  /** That get samples now. */
  readonly series: number;
  readonly samplesPerDay: number;
  /** On disk, with everything around them. */
  readonly bytesPerSample: number;
}
export interface StorageLoad {
  readonly plugins: readonly PluginLoad[];
  /** Of one rolled-up bucket on disk. */
  readonly bytesPerBucket: number;
  /** What is needed however long anything is kept: samples on their way, states of series. */
  readonly otherBytes: number;
  /** The engine drops raw samples of all plugins together: they stay as long as those that are kept longest. */
  readonly rawTogether?: boolean;
}
/** How long each tier is kept. */
export interface KeptDays {
  readonly rawDays: number;
  readonly hourlyDays: number;
  readonly dailyDays: number;
  /** Raw samples of single plugins. */
  readonly plugins: Readonly<Record<string, number>>;
}
/** Bytes once everything has been kept for as long as it is to be. */
export interface StorageCost {
  readonly bytes: number;
  readonly rawBytes: number;
  readonly hourlyBytes: number;
  readonly dailyBytes: number;
  readonly otherBytes: number;
  /** What they come to; `bytesPerDay` is what a day adds before anything is old enough to go. */
  readonly plugins: readonly { readonly plugin: string; readonly bytesPerDay: number; readonly bytes: number }[];
}
export interface StoragePlan {
  /** As it is set, without a budget. */
  readonly asSet: StorageCost;
  /** What is kept then, and what it comes to. */
  readonly kept: KeptDays;
  readonly cost: StorageCost;
  /** Something is kept shorter than it is set. */
  readonly shortened: boolean;
  /** False when even the shortest that makes sense is beyond the budget. */
  readonly fits: boolean;
}

/** Below these nothing is shortened by a budget: yesterday beside today, and a month of trends, are what monitoring is for. */
const LEAST_RAW_DAYS = 2;
const LEAST_HOURLY_DAYS = 30;

/** What a load comes to on disk. */
export function costOf(load: StorageLoad, kept: KeptDays): StorageCost {
  const { plugins, bytesPerBucket, otherBytes, rawTogether = false } = load;
  const longest = Math.max(...plugins.map(({ plugin }) => rawDaysOf(kept, plugin)));
  let [rawBytes, hourlyBytes, dailyBytes] = [0, 0, 0];
  const each = plugins.map(({ plugin, series, samplesPerDay, bytesPerSample }) => {
    const rawPerDay = samplesPerDay * bytesPerSample;
    // A series that is read twice a day fills two hours of it.
    const hourlyPerDay = Math.min(24 * series, samplesPerDay) * bytesPerBucket;
    const dailyPerDay = Math.min(series, samplesPerDay) * bytesPerBucket;
    const raw = rawPerDay * (rawTogether ? longest : rawDaysOf(kept, plugin));
    const hourly = hourlyPerDay * kept.hourlyDays;
    const daily = dailyPerDay * kept.dailyDays;
    rawBytes += raw;
    hourlyBytes += hourly;
    dailyBytes += daily;
    return { plugin, bytesPerDay: rawPerDay + hourlyPerDay + dailyPerDay, bytes: raw + hourly + daily };
  });
  const bytes = rawBytes + hourlyBytes + dailyBytes + otherBytes;
  return { bytes, rawBytes, hourlyBytes, dailyBytes, otherBytes, plugins: each };
}

/** Fits what is kept into a budget: raw samples go first, from the longest kept on, then hours. Days stay: they cost next to nothing. */
export function planStorage(load: StorageLoad, asked: KeptDays, budgetBytes: number | null): StoragePlan {
  const asSet = costOf(load, asked);
  if (budgetBytes === null || asSet.bytes <= budgetBytes)
    return { asSet, kept: asked, cost: asSet, shortened: false, fits: true };
  const within = (kept: KeptDays) => costOf(load, kept).bytes <= budgetBytes;
  const longest = Math.max(asked.rawDays, ...Object.values(asked.plugins));
  const rawDays = longestThat(within, (days) => limitRaw(asked, days), Math.min(LEAST_RAW_DAYS, longest), longest);
  const raw = limitRaw(asked, rawDays);
  const limitHours = (hourlyDays: number) => ({ ...raw, hourlyDays });
  const leastHours = Math.min(Math.max(LEAST_HOURLY_DAYS, rawDays), asked.hourlyDays);
  const kept = limitHours(longestThat(within, limitHours, leastHours, asked.hourlyDays));
  const cost = costOf(load, kept);
  return { asSet, kept, cost, shortened: true, fits: cost.bytes <= budgetBytes };
}

export const rawDaysOf = ({ rawDays, plugins }: KeptDays, plugin: string): number => plugins[plugin] ?? rawDays;

function limitRaw(kept: KeptDays, most: number): KeptDays {
  const plugins = Object.entries(kept.plugins).map(([plugin, days]) => [plugin, Math.min(days, most)]);
  return { ...kept, rawDays: Math.min(kept.rawDays, most), plugins: Object.fromEntries(plugins) };
}

/** The most days that are within, between two; the least when none are. More days always cost more. */
function longestThat(
  within: (kept: KeptDays) => boolean,
  limit: (days: number) => KeptDays,
  least: number,
  most: number,
): number {
  let [low, high] = [least, most];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (within(limit(middle))) low = middle;
    else high = middle - 1;
  }
  return low;
}
