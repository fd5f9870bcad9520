import { ceilTo, DAY_MS, floorTo, HOUR_MS } from "./grid";

export const RAW = 0;
export const HOURLY = 3_600;
export const DAILY = 86_400;
type Tier = typeof RAW | typeof HOURLY | typeof DAILY;

/** Where the data of a window comes from: a tier, and the part of the window it has. */
export interface Source {
  readonly tierSeconds: Tier;
  readonly from: number;
  readonly to: number;
}
/** How far each tier reaches. */
interface Reach {
  /** What lies before has no raw samples any more. A whole hour. */
  readonly rawFrom: number;
  /** What lies before has no hours any more. A whole day, never after `rawFrom`. */
  readonly hourlyFrom: number;
  /** Hours before it are rolled up, and days that end before it. */
  readonly watermark: number;
}
interface Part {
  readonly from: number;
  readonly to: number;
}

/** The finest step that can be answered: where raw samples are gone, hours are the finest, then days. */
export function finestStep(from: number, { rawFrom, hourlyFrom }: Reach): number {
  if (from >= rawFrom) return 1_000;
  return from >= hourlyFrom ? HOUR_MS : DAY_MS;
}

/** For a grid of this step: tiers whose buckets fit into the grid's. Coarsest first, never overlapping. */
export function sourcesOfGrid(part: Part, stepMs: number, reach: Reach): Source[] {
  if (stepMs % DAY_MS === 0) return cover(part, [DAILY, HOURLY, RAW], reach);
  return cover(part, stepMs % HOUR_MS === 0 ? [HOURLY, RAW] : [RAW], reach);
}

/** For one figure over a window: whole days and hours from rollups, the edges from raw samples while there are any. */
export function sourcesOfWindow({ from, to }: Part, reach: Reach): Source[] {
  const edges = { from: floorTo(from, edgeUnit(from, reach)), to: ceilTo(to, edgeUnit(to - 1, reach)) };
  return cover(edges, [DAILY, HOURLY, RAW], reach);
}

function edgeUnit(at: number, reach: Reach): number {
  const step = finestStep(at, reach);
  return step < HOUR_MS ? 1 : step;
}

function cover(part: Part, [tierSeconds, ...finer]: readonly Tier[], reach: Reach): Source[] {
  if (tierSeconds === undefined || part.to <= part.from) return [];
  if (tierSeconds === RAW) return [{ ...part, tierSeconds }];
  const unit = tierSeconds * 1_000;
  const from = ceilTo(part.from, unit);
  const to = floorTo(Math.min(part.to, reach.watermark), unit);
  if (to <= from) return cover(part, finer, reach);
  return [
    { tierSeconds, from, to },
    ...cover({ from: part.from, to: from }, finer, reach),
    ...cover({ from: to, to: part.to }, finer, reach),
  ];
}
