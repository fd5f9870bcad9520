import type { SqlEngine, SqlValue, Statement, Step } from "../../db/sql-engine";
import type { Reach } from "../chunks/reach";
import { type Bounds, toOwnStarts } from "./own-starts";

/**
 * How far each tier reaches, and how many samples there are; in the database, because several processes may share it. Whoever changes
 * any of it holds the row of `rollingTo`, so that nothing comes in between unseen.
 */
const KEYS = {
  rawFrom: "timescale_raw_from",
  hourlyFrom: "timescale_hourly_from",
  dailyFrom: "timescale_daily_from",
  watermark: "timescale_rolled_up_to",
  /** Where the rollup that is running will have come to. Late samples lower it, as they lower the watermark. */
  rollingTo: "timescale_rolling_to",
  /** Whose rollup that is: a random number. */
  rollingBy: "timescale_rolling_by",
  samples: "timescale_samples",
} as const;
/** 1 since samples are here and nowhere else. */
const SINCE = "timescale";
/** Before this instant the samples of the chunk engine are carried over. Only while that is under way. */
const CARRIED_TO = "timescale_carried_to";
type Key = keyof typeof KEYS;

const TABLE = "plugin_metrics_state";

export interface State extends Bounds {
  readonly samples: number;
}

export const lockState: Statement = {
  sql: `select value from ${TABLE} where key = ? for update`,
  params: [KEYS.rollingTo],
};

/** The rows that everything else changes. */
export async function createState(engine: SqlEngine): Promise<void> {
  const rows = Object.values(KEYS).map((key) => [key, 0]);
  await engine.transaction([{ into: TABLE, columns: ["key", "value"], rows, conflict: { key: ["key"], keep: "old" } }]);
}

export async function loadState(engine: SqlEngine): Promise<State> {
  const rows = await engine.query(`select key, value from ${TABLE}`);
  const stored = new Map(rows.map(([key, value]) => [key, Number(value)]));
  const of = (key: Key) => stored.get(KEYS[key]) ?? 0;
  const rawFrom = of("rawFrom");
  return {
    rawFrom,
    hourlyFrom: of("hourlyFrom"),
    dailyFrom: of("dailyFrom"),
    watermark: Math.max(rawFrom, of("watermark")),
    samples: of("samples"),
    own: toOwnStarts(rows),
  };
}

/** Never back: what another process dropped is gone. */
export const raiseFrom = ({ rawFrom, hourlyFrom, dailyFrom }: Reach): Step[] => [
  lockState,
  raise("rawFrom", rawFrom),
  raise("hourlyFrom", hourlyFrom),
  raise("dailyFrom", dailyFrom),
];

const raise = (key: Key, value: number): Statement => ({
  sql: `update ${TABLE} set value = ? where key = ? and value < ?`,
  params: [value, KEYS[key], value],
});

/** From this hour on raw samples are read until it was rolled up again. */
export const lowerWatermark = (hour: number): Statement => ({
  sql: `update ${TABLE} set value = ? where key in (?, ?) and value > ?`,
  params: [hour, KEYS.watermark, KEYS.rollingTo, hour],
});

export const beginRolling = (to: number, token: number): Step[] => [
  lockState,
  { sql: `update ${TABLE} set value = ? where key = ?`, params: [to, KEYS.rollingTo] },
  { sql: `update ${TABLE} set value = ? where key = ?`, params: [token, KEYS.rollingBy] },
];

/** Unless another rollup began meanwhile: that one ends it. */
export const endRolling = (token: number): Step[] => [
  lockState,
  {
    sql: `update ${TABLE} mark set value = rolling.value from ${TABLE} rolling, ${TABLE} mine
      where mark.key = ? and rolling.key = ? and mine.key = ? and mine.value = ? and rolling.value > mark.value`,
    params: [KEYS.watermark, KEYS.rollingTo, KEYS.rollingBy, token],
  },
];

/** Runs a statement that inserts or deletes samples, and counts them. @param change with `returning 1` */
export const counting = (change: string, params: readonly SqlValue[], sign: "+" | "-"): Statement => ({
  sql: `with changed as (${change}) update ${TABLE} set value = value ${sign} (select count(*) from changed) where key = ?`,
  params: [...params, KEYS.samples],
});

export const subtractSamples = (count: number): Statement => ({
  sql: `update ${TABLE} set value = greatest(0, value - ?) where key = ?`,
  params: [count, KEYS.samples],
});

export interface Move {
  /** Samples are in the hypertable: no other engine may be opened. */
  readonly finished: boolean;
  /** Null before it began, and after it ended. */
  readonly carriedTo: number | null;
}

export async function readMove(engine: SqlEngine): Promise<Move> {
  const rows = await engine.query(`select key, value from ${TABLE} where key in (?, ?)`, [SINCE, CARRIED_TO]);
  const stored = new Map(rows.map(([key, value]) => [key, Number(value)]));
  return { finished: stored.get(SINCE) === 1, carriedTo: stored.get(CARRIED_TO) ?? null };
}

export const putCarriedTo = (at: number): Step => put(CARRIED_TO, at);
export const finishMove: readonly Step[] = [put(SINCE, 1), forgetCarried()];
/** What was carried is begun again next time: the chunk engine goes on writing. */
export function forgetCarried(): Step {
  return { sql: `delete from ${TABLE} where key = ?`, params: [CARRIED_TO] };
}

function put(key: string, value: number): Step {
  return { into: TABLE, columns: ["key", "value"], rows: [[key, value]], conflict: { key: ["key"], keep: "new" } };
}
