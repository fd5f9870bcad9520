import type { PushRefusal } from "../../plugins/sdk/context";
import type { RateStage } from "../metrics/rates";
import type { Push, PushedHistogram, PushedSeries } from "../push/pushed";
import { noRefusals, type Receipt } from "./receipts";
import { type BucketStage, QUANTILES } from "./received-buckets";
import { isTelling, type Named, type Unnamed } from "./received-series";

const MOST_REMARKS = 5;

/** A sample on its way; `since` of an increase. */
interface Point {
  readonly named: Named;
  readonly at: number;
  readonly value: number;
  readonly since: number | null | undefined;
}
interface Shape extends Pick<PushedHistogram, "at" | "buckets" | "isIncrease"> {
  /** By `QUANTILES`. */
  readonly named: readonly Named[];
}
export interface Validated {
  readonly points: readonly Point[];
  readonly shapes: readonly Shape[];
}
type Name = (pushed: Pick<PushedSeries, "name" | "labels" | "kind">) => Named | Unnamed;

/** Counts what became of a push. */
export type Tally = ReturnType<typeof createTally>;

export function createTally(push: Pick<Push, "leftOut" | "invalid" | "unsupported" | "remarks">) {
  const refused = { ...noRefusals(), invalid: push.invalid, unsupported: push.unsupported };
  const remarks = new Set(push.remarks.slice(0, MOST_REMARKS));
  let kept = 0;
  let leftOut = push.leftOut;
  return {
    keep(): void {
      kept += 1;
    },
    leaveOut(count = 1): void {
      leftOut += count;
    },
    refuse(reason: PushRefusal, count: number, remark: string): void {
      refused[reason] += count;
      if (remarks.size < MOST_REMARKS) remarks.add(remark);
    },
    receipt: (): Receipt => ({ kept, leftOut, refused, remarks: [...remarks] }),
  };
}

/** What of a push can be kept, under its name, in order of time. @param bounds instants, both inclusive */
export function validatePush(
  push: Pick<Push, "series" | "histograms">,
  name: Name,
  bounds: { readonly from: number; readonly to: number },
  tally: Tally,
): Validated {
  const points: Point[] = [];
  for (const { at, value, since, ...pushed } of push.series) {
    const named = nameOrCount(name(pushed), at.length, tally);
    if (!named) continue;
    for (let index = 0; index < at.length; index += 1) {
      const point = { named, at: at[index] ?? Number.NaN, value: value[index] ?? Number.NaN, since: since?.[index] };
      if (!isInTime(point, bounds, tally)) continue;
      if (isTelling(named, point.value)) points.push(point);
      else tally.leaveOut();
    }
  }
  const shapes = push.histograms.flatMap(({ at, buckets, isIncrease, ...pushed }): Shape[] => {
    const named = QUANTILES.flatMap((quantile) => {
      const one = name({ ...pushed, labels: { ...pushed.labels, quantile: String(quantile) } });
      return one === "unwanted" || "fault" in one ? [] : [one];
    });
    // What is wrong with it was said of its count already.
    const isKept = named.length === QUANTILES.length && at >= bounds.from && at <= bounds.to;
    return isKept ? [{ named, at, buckets, isIncrease }] : [];
  });
  // Rates are of what came before.
  points.sort((one, other) => one.at - other.at);
  shapes.sort((one, other) => one.at - other.at);
  return { points, shapes };
}

function nameOrCount(named: Named | Unnamed, samples: number, tally: Tally): Named | undefined {
  if (named === "unwanted") tally.leaveOut(samples);
  else if ("fault" in named) tally.refuse("invalid", samples, named.fault);
  else return named;
  return undefined;
}

function isInTime({ at, named }: Point, { from, to }: { from: number; to: number }, tally: Tally): boolean {
  if (!Number.isSafeInteger(at)) tally.refuse("invalid", 1, `${named.metric} has no valid time.`);
  else if (at < from) tally.refuse("too_old", 1, `${named.metric} is older than samples are kept.`);
  else if (at > to) tally.refuse("in_the_future", 1, `${named.metric} is in the future: is the sender's clock right?`);
  else return true;
  return false;
}

interface Stages {
  /** By key; undefined: there are too many. */
  readonly ids: ReadonlyMap<string, number | undefined>;
  readonly rates: RateStage;
  readonly buckets: BucketStage;
  readonly tally: Tally;
}

export interface Columns {
  readonly series: number[];
  readonly at: number[];
  readonly value: number[];
}

/** Samples as they are stored: totals as rates, histograms as quantiles. */
export function toColumns({ points, shapes }: Validated, { ids, rates, buckets, tally }: Stages): Columns {
  const columns: Columns = { series: [], at: [], value: [] };
  const put = (id: number, at: number, value: number) => {
    columns.series.push(id);
    columns.at.push(at);
    columns.value.push(value);
  };
  for (const { named, at, value, since } of points) {
    const id = ids.get(named.key);
    if (id === undefined) {
      tally.refuse("too_many_series", 1, `${named.metric} is one series more than are kept.`);
      continue;
    }
    tally.keep();
    const stored = named.spec.kind === "counter" ? rateOf(rates, named.key, { at, value, since }) : value;
    if (stored !== undefined) put(id, at, stored);
  }
  for (const { named, at, ...shape } of shapes) {
    const [first] = named;
    const values = first && buckets.quantiles(first.key, { at, ...shape });
    for (const [index, one] of named.entries()) {
      const [id, value] = [ids.get(one.key), values?.[index]];
      if (id !== undefined && value !== undefined && Number.isFinite(value)) put(id, at, value);
    }
  }
  return columns;
}

/** The first total gives nothing, and is kept all the same: the next one tells. */
function rateOf(rates: RateStage, key: string, { at, value, since }: Pick<Point, "at" | "value" | "since">) {
  return since === undefined ? rates.rateOf(key, at, value) : rates.rateOfIncrease(key, since, at, value);
}

/** Every series that is wanted, once. */
export function listNames({ points, shapes }: Validated): Named[] {
  const names = new Map<string, Named>();
  for (const { named } of points) names.set(named.key, named);
  for (const { named } of shapes) for (const one of named) names.set(one.key, one);
  return [...names.values()];
}
