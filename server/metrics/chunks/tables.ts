import type { Insert, SqlEngine, SqlValue, Statement } from "../../db/sql-engine";
import type { ChunkRow, ReadChunk } from "./chunk-row";
import type { Sealed } from "./series-state";

/** Every statement on chunks, series and batches; `rollup-table.ts` has those on rollups. */

export const CHUNK_TABLES = [
  "plugin_metrics_batch",
  "plugin_metrics_chunk",
  "plugin_metrics_rollup_chunk",
  "plugin_metrics_head",
  "plugin_metrics_state",
] as const;

const FIGURES = "c.series, c.start_at, c.end_at, c.samples, c.sum, c.min, c.max, c.last";

/**
 * From the chunk that the window begins in: chunks of a series never overlap, so there is at most one. Not `max`, for which MariaDB
 * reads every chunk of the series, data and all.
 */
const OF_WINDOW = `join plugin_metrics_chunk c on c.series = wanted.value and c.start_at < ? and c.start_at >= coalesce(
  (select earlier.start_at from plugin_metrics_chunk earlier where earlier.series = wanted.value and earlier.start_at <= ?
    order by earlier.start_at desc limit 1), ?)
  where c.end_at >= ?`;

interface Window {
  readonly from: number;
  /** Exclusive. */
  readonly to: number;
}

/** The chunks of a window, in no order: sorting would carry their data along. */
export async function readChunks(
  engine: SqlEngine,
  series: readonly number[],
  { from, to }: Window,
): Promise<ReadChunk[]> {
  const sql = `select ${FIGURES}, ${engine.bytes("c.data")} from ${engine.idTable} ${OF_WINDOW}`;
  return (await engine.query(sql, [JSON.stringify(series), to, from, from, from])).map(toReadChunk);
}

/** As `readChunks`, but chunks that lie in the window as a whole come without their data. */
export async function readFigures(
  engine: SqlEngine,
  series: readonly number[],
  { from, to }: Window,
): Promise<ReadChunk[]> {
  const data = `case when c.start_at >= ? and c.end_at < ? then null else ${engine.bytes("c.data")} end`;
  const sql = `select ${FIGURES}, ${data} from ${engine.idTable} ${OF_WINDOW}`;
  return (await engine.query(sql, [from, to, JSON.stringify(series), to, from, from, from])).map(toReadChunk);
}

/** Where the chunks of one series begin, in a window, without their data. */
export async function readStarts(engine: SqlEngine, series: number, { from, to }: Window): Promise<number[]> {
  const sql = `select c.start_at from ${engine.idTable} ${OF_WINDOW} order by c.start_at`;
  return (await engine.query(sql, [JSON.stringify([series]), to, from, from, from])).map(([at]) => Number(at));
}

/** The newest chunk of each series. */
export async function readTails(engine: SqlEngine, series: readonly number[]): Promise<ReadChunk[]> {
  const sql = `select ${FIGURES}, ${engine.bytes("c.data")} from ${engine.idTable} join plugin_metrics_chunk c on c.series = wanted.value
    and c.start_at = (select newest.start_at from plugin_metrics_chunk newest where newest.series = wanted.value
      order by newest.start_at desc limit 1)`;
  return (await engine.query(sql, [JSON.stringify(series)])).map(toReadChunk);
}

/** The first so many chunks of one series from an instant on. */
export async function readPage(
  engine: SqlEngine,
  series: number,
  { from, to, limit }: Window & { limit: number },
): Promise<ReadChunk[]> {
  const sql = `select ${FIGURES}, ${engine.bytes("c.data")} from ${engine.idTable} ${OF_WINDOW} order by c.start_at limit ${Math.trunc(limit)}`;
  return (await engine.query(sql, [JSON.stringify([series]), to, from, from, from])).map(toReadChunk);
}

export function putChunks(rows: readonly ChunkRow[]): Insert {
  return {
    into: "plugin_metrics_chunk",
    columns: ["series", "start_at", "end_at", "samples", "sum", "min", "max", "last", "data"],
    rows: rows.map((row) => [
      row.series,
      row.startAt,
      row.endAt,
      row.samples,
      row.sum,
      row.min,
      row.max,
      row.last,
      row.data,
    ]),
    conflict: { key: ["series", "start_at"], keep: "new" },
  };
}

const SEALED = `select h.series, h.sealed_batch, h.first_at, h.last_at, h.last_value, h.chunk_at, h.chunk_samples, h.samples, h.bytes
  from plugin_metrics_head h`;

/** Of all series, or of these. */
export async function readSealed(engine: SqlEngine, series?: readonly number[]): Promise<Map<number, Sealed>> {
  return toSealed(
    series
      ? await engine.query(`${SEALED} join ${engine.idTable} on h.series = wanted.value`, [JSON.stringify(series)])
      : await engine.query(SEALED),
  );
}

/** Of those that were sealed up to this batch or a later one. */
export const readSealedSince = async (engine: SqlEngine, batch: number): Promise<Map<number, Sealed>> =>
  toSealed(await engine.query(`${SEALED} where h.sealed_batch >= ?`, [batch]));

function toSealed(rows: SqlValue[][]): Map<number, Sealed> {
  return new Map(
    rows.map((row) => {
      const [
        series = 0,
        batch = 0,
        firstAt = 0,
        lastAt = 0,
        lastValue = 0,
        chunkAt = 0,
        chunkSamples = 0,
        samples = 0,
        bytes = 0,
      ] = row.map(Number);
      // A series of which everything is gone has no instants.
      const instants =
        samples > 0 ? { firstAt, lastAt } : { firstAt: Number.POSITIVE_INFINITY, lastAt: Number.NEGATIVE_INFINITY };
      return [series, { batch, ...instants, lastValue, chunkAt, chunkSamples, samples, bytes }];
    }),
  );
}

export function putSealed(sealed: ReadonlyMap<number, Sealed>): Insert {
  return {
    into: "plugin_metrics_head",
    columns: [
      "series",
      "sealed_batch",
      "first_at",
      "last_at",
      "last_value",
      "chunk_at",
      "chunk_samples",
      "samples",
      "bytes",
    ],
    rows: [...sealed].map(([series, one]) => [
      series,
      one.batch,
      one.samples > 0 ? one.firstAt : 0,
      one.samples > 0 ? one.lastAt : 0,
      one.lastValue,
      one.chunkAt,
      one.chunkSamples,
      one.samples,
      one.bytes,
    ]),
    conflict: { key: ["series"], keep: "new" },
  };
}

/** Of a series, what lies wholly before an instant. */
export async function countBefore(engine: SqlEngine, series: readonly number[], before: number) {
  const rows = await engine.query(
    `select c.series, count(*), sum(c.samples), sum(length(c.data)) from ${engine.idTable}
     join plugin_metrics_chunk c on c.series = wanted.value and c.start_at < ? where c.end_at < ? group by c.series`,
    [JSON.stringify(series), before, before],
  );
  return rows.map((row) => {
    const [id = 0, chunks = 0, samples = 0, bytes = 0] = row.map(Number);
    return { series: id, chunks, samples, bytes };
  });
}

/** Of all series between two, both included. */
export const deleteChunksBefore = ([first, last]: readonly [number, number], before: number): Statement => ({
  sql: "delete from plugin_metrics_chunk where series >= ? and series <= ? and start_at < ? and end_at < ?",
  params: [first, last, before, before],
});
export const deleteChunks = (series: number): Statement => ({
  sql: "delete from plugin_metrics_chunk where series = ?",
  params: [series],
});

/** Where the first chunk of each series begins that does not lie wholly before an instant. */
export async function readFirstStarts(
  engine: SqlEngine,
  series: readonly number[],
  before: number,
): Promise<Map<number, number>> {
  const sql = `select c.series, min(c.start_at) from ${engine.idTable} join plugin_metrics_chunk c on c.series = wanted.value
    where c.end_at >= ? group by c.series`;
  const rows = await engine.query(sql, [JSON.stringify(series), before]);
  return new Map(rows.map(([id, at]) => [Number(id), Number(at)]));
}

export interface BatchRow {
  readonly writer: string;
  readonly id: number;
  readonly data: Uint8Array;
}

/**
 * Whose batches are the log that heads are read from. What other processes write waits beside it, under their names, until the one
 * that leads takes it into the log: so each series is sealed up to one number.
 */
export const LOG = "1";

/** Batches in the order of writers and numbers, a few at a time: each may be hundreds of kilobytes. */
export async function* readBatches(
  engine: SqlEngine,
  from: readonly [writer: string, id: number] = ["", -1],
): AsyncGenerator<BatchRow> {
  let after = from;
  for (;;) {
    const rows = toBatchRows(
      await engine.query(
        `select ${batchColumns(engine)} from plugin_metrics_batch
         where writer > ? or (writer = ? and id > ?) order by writer, id limit 16`,
        [after[0], after[0], after[1]],
      ),
    );
    yield* rows;
    const last = rows.at(-1);
    if (!last || rows.length < 16) return;
    after = [last.writer, last.id];
  }
}

/** Of the log, the first few after an id. */
export async function readLogAfter(engine: SqlEngine, after: number): Promise<BatchRow[]> {
  const sql = `select ${batchColumns(engine)} from plugin_metrics_batch where writer = ? and id > ? order by id limit 64`;
  return toBatchRows(await engine.query(sql, [LOG, after]));
}

/** Of the log, those of these that are there by now. One text for any number of them: servers keep plans of texts. */
export async function readLogged(engine: SqlEngine, ids: readonly number[]): Promise<BatchRow[]> {
  const sql = `select b.writer, b.id, ${engine.bytes("b.data")} from ${engine.idTable}
    join plugin_metrics_batch b on b.writer = ? and b.id = wanted.value order by b.id`;
  return toBatchRows(await engine.query(sql, [JSON.stringify(ids), LOG]));
}

/** What other processes wrote and nobody took into the log: the first few. */
export async function readInbox(engine: SqlEngine, limit: number): Promise<BatchRow[]> {
  // Two ranges of the key: "other than" would read the whole log. Each ends early: when a leader was away, thousands may wait.
  const first = `order by writer, id limit ${Math.trunc(limit)}`;
  const range = (side: "<" | ">") => `select * from (select writer, id, data from plugin_metrics_batch
    where writer ${side} ? ${first}) as ${side === "<" ? "before_log" : "after_log"}`;
  const sql = `select ${batchColumns(engine)} from (${range("<")} union all ${range(">")}) as waiting ${first}`;
  return toBatchRows(await engine.query(sql, [LOG, LOG]));
}

/** One batch into the log. Changes no row where it is there already. */
export const takeIntoLog = ({ writer, id }: BatchRow, as: number): Statement => ({
  sql: "update plugin_metrics_batch set writer = ?, id = ? where writer = ? and id = ?",
  params: [LOG, as, writer, id],
});

const batchColumns = (engine: SqlEngine) => `writer, id, ${engine.bytes("data")}`;
const toBatchRows = (rows: SqlValue[][]): BatchRow[] =>
  rows.map(([writer, id, data]) => ({ writer: String(writer), id: Number(id), data: toBytes(data) }));

/** The same batch written twice is there once: whoever lost the connection asks again. */
export function putBatches(
  writer: string,
  batches: readonly { id: number; samples: number; data: Uint8Array }[],
): Insert {
  return {
    into: "plugin_metrics_batch",
    columns: ["writer", "id", "samples", "data"],
    rows: batches.map(({ id, samples, data }) => [writer, id, samples, data]),
    conflict: { key: ["writer", "id"], keep: "old" },
  };
}

export const deleteBatchesBefore = (writer: string, id: number): Statement => ({
  sql: "delete from plugin_metrics_batch where writer = ? and id < ?",
  params: [writer, id],
});

function toReadChunk([series, startAt, endAt, samples, sum, min, max, last, data]: SqlValue[]): ReadChunk {
  return {
    series: Number(series),
    startAt: Number(startAt),
    endAt: Number(endAt),
    samples: Number(samples),
    sum: Number(sum),
    min: Number(min),
    max: Number(max),
    last: Number(last),
    data: data === null || data === undefined ? null : toBytes(data),
  };
}

export function toBytes(value: SqlValue | undefined): Uint8Array {
  if (value instanceof Uint8Array) return value;
  throw new TypeError("The database gave something else for binary data.");
}
