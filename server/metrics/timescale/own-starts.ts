import type { SqlValue, Step } from "../../db/sql-engine";
import type { Reach } from "../chunks/reach";
import { toTime } from "./instants";

/**
 * Series whose raw samples begin later than all others': the store they came from kept these shorter. Here they are kept as long as the
 * others, and grow into it. Until then what lies before are hours and days that nothing here could make again.
 */
export type OwnStarts = ReadonlyMap<number, number>;
/** What bounds the answer to a question. */
export interface Bounds extends Reach {
  readonly own: OwnStarts;
}

const TABLE = "plugin_metrics_state";
/** Stands before the number of the series. */
const PREFIX = "timescale_raw_from:";
const IS_OWN = `key like '${PREFIX.replaceAll("_", "\\_")}%'`;

/** @param rows of key and value */
export function toOwnStarts(rows: readonly (readonly SqlValue[])[]): OwnStarts {
  return new Map(
    rows.flatMap(([key, value]) => {
      const name = String(key);
      return name.startsWith(PREFIX) ? [[Number(name.slice(PREFIX.length)), Number(value)] as const] : [];
    }),
  );
}

export function storeOwnStarts(own: OwnStarts): Step[] {
  const rows = [...own].map(([series, start]) => [PREFIX + series, start]);
  return rows.length === 0
    ? []
    : [{ into: TABLE, columns: ["key", "value"], rows, conflict: { key: ["key"], keep: "new" } }];
}

export const dropOwnStart = (series: number): Step => ({
  sql: `delete from ${TABLE} where key = ?`,
  params: [PREFIX + series],
});

/** All others have come as far. */
export const dropOutrun = (rawFrom: number): Step => ({
  sql: `delete from ${TABLE} where ${IS_OWN} and value <= ?`,
  params: [rawFrom],
});

/** A condition: some begin within these days. */
export const beginsWithin = (days: number) =>
  `exists (select from ${TABLE} where ${IS_OWN} and value > extract(epoch from now() - interval '${days} days') * 1000)`;

/** A condition on a row's series and bucket: before its own raw samples. Its parameters are `ownParams`. */
export const isBeforeOwn = (series: string, bucket: string) =>
  `exists (select from unnest(?::text::int[], ?::text::bigint[]) as own(series, raw_from)
    where own.series = ${series} and ${bucket} < ${toTime("own.raw_from")})`;
export const ownParams = (own: OwnStarts): SqlValue[] => [`{${[...own.keys()]}}`, `{${[...own.values()]}}`];

/** How far all of these series reach: an answer has one step, so the shortest decides. */
export function commonReach({ own, ...reach }: Bounds, series: readonly number[]): Reach {
  let { rawFrom } = reach;
  if (own.size > 0) for (const id of series) rawFrom = Math.max(rawFrom, own.get(id) ?? 0);
  return { ...reach, rawFrom };
}

/** What lies before its own raw samples is rolled up for good, whatever else is to be rolled up again. */
export function groupByWatermark({ own, watermark }: Bounds, series: readonly number[]): Map<number, number[]> {
  const groups = new Map<number, number[]>();
  for (const id of series) {
    const mine = Math.max(watermark, own.get(id) ?? 0);
    const group = groups.get(mine);
    if (group) group.push(id);
    else groups.set(mine, [id]);
  }
  return groups;
}
