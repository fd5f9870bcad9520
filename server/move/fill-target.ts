import { messageOf } from "../errors";
import { decodeBuckets } from "../metrics/chunks/codec/buckets";
import { decodeSamples } from "../metrics/chunks/codec/samples";
import { lowerBound } from "../metrics/chunks/head";
import { type Rollups, StoreUnavailable } from "../metrics/store";
import type { Stores } from "../open-stores";
import { mapSeries } from "./map-series";
import { endMoving, type Moving, noteMoving } from "./moving";
import { OWN_STARTS, toOwnStarts } from "./own-starts";
import { isAfter, type Piece, type Position, positionAfter } from "./piece";
import { putRows } from "./put-rows";
import { LEFT_OUT, listTables } from "./tables";
import { createIntake } from "./take-samples";

/** Written down as durable after so many: what is sent twice after an interruption. */
const SAMPLES_PER_NOTE = 1_000_000;
/** Of about 6 KB, in one transaction. */
const ROLLUPS_PER_IMPORT = 200;

export interface Filled {
  readonly rows: number;
  readonly series: number;
  samples: number;
  rollups: number;
  /** Instances that got another name. */
  readonly renamed: readonly string[];
  /** Samples from before what the target keeps raw. */
  tooOld: number;
  /** Hours and days, where the target keeps none. */
  leftBehind: number;
}

interface Filling {
  readonly moving: Moving;
  readonly signal?: AbortSignal | undefined;
  /** After each piece that was taken. */
  took?(piece: Piece): void;
}

/**
 * Puts pieces into a database: rows at once, samples through the store as if they were measured, then the rollups. When it is
 * interrupted, everything up to the position that is noted is durable, and nothing is there that should not be.
 * @throws Error for pieces that no Unity made; StoreUnavailable; the signal's reason
 */
export async function fillTarget(
  { connection, store }: Pick<Stores, "connection" | "store">,
  pieces: AsyncIterable<Piece>,
  { moving, signal, took }: Filling,
): Promise<Filled> {
  const tables = new Map(listTables(connection.schema).map((table) => [table.name, table]));
  const ids = new Map<number, number>();
  const filled = { rows: 0, series: 0, samples: 0, rollups: 0, renamed: [] as string[], tooOld: 0, leftBehind: 0 };
  const intake = createIntake(store);
  const rawFrom = store.rollups?.starts().rawFrom ?? 0;
  const own = new Map<number, number>();
  let position = moving.position;
  let unnoted = 0;
  let waiting: Rollups[] = [];
  let isRolledUp = false;

  async function note(): Promise<void> {
    await importWaiting();
    await intake.flush();
    await noteMoving(connection, { ...moving, position });
    unnoted = 0;
  }
  async function importWaiting(): Promise<void> {
    if (waiting.length > 0) await store.rollups?.import(waiting);
    waiting = [];
  }
  async function takeRows(piece: Piece & { kind: "rows" }): Promise<void> {
    filled.rows += piece.rows.length;
    if (piece.table === OWN_STARTS) {
      for (const [series, start] of toOwnStarts(piece.rows, ids)) own.set(series, start);
      return;
    }
    // Of an archive that an earlier version made.
    if (Object.hasOwn(LEFT_OUT, piece.table)) return;
    const table = tables.get(piece.table);
    if (!table) throw new Error(`The archive has a table ${piece.table}, which this Unity does not know. Update it.`);
    if (table.table === connection.schema.metricSeries) {
      await mapSeries(connection, piece.rows, ids);
      filled.series = ids.size;
    } else filled.renamed.push(...(await putRows(connection, table, piece.rows)));
  }
  async function takeRollups({ series, tierSeconds, data, count }: Piece & { kind: "rollups" }): Promise<void> {
    if (!store.rollups) {
      filled.leftBehind += count;
      return;
    }
    if (!isRolledUp) {
      // Hours of raw samples first: the archive's are for the rest.
      await note();
      await store.rollUp(Date.now());
      isRolledUp = true;
    }
    waiting.push({ series, tierSeconds, ...checkBuckets(decodeBuckets(data), tierSeconds) });
    filled.rollups += waiting.at(-1)?.at.length ?? 0;
    if (waiting.length >= ROLLUPS_PER_IMPORT) await note();
  }
  async function take(piece: Piece, after: Position): Promise<void> {
    if (piece.kind !== "samples" && piece.kind !== "rollups") return;
    const series = ids.get(piece.series);
    if (series === undefined) throw new Error(`series ${piece.series} is not in its list`);
    if (piece.kind === "rollups") await takeRollups({ ...piece, series });
    else {
      const samples = decodeSamples(piece.data);
      await intake.write(series, samples);
      filled.tooOld += lowerBound(samples.at, rawFrom);
      filled.samples += samples.at.length;
      unnoted += samples.at.length;
    }
    position = after;
    if (unnoted >= SAMPLES_PER_NOTE) await note();
  }

  async function takeAll(): Promise<(Piece & { kind: "end" }) | undefined> {
    let last: Piece | undefined;
    for await (const piece of pieces) {
      signal?.throwIfAborted();
      if (piece.kind === "rows") await takeRows(piece);
      const after = positionAfter(piece);
      if (after && isAfter(after, moving.position)) await take(piece, after).catch(explainPiece);
      last = piece;
      took?.(piece);
    }
    return last?.kind === "end" ? last : undefined;
  }

  await noteMoving(connection, moving);
  const end = await takeAll().catch(async (error: unknown) => {
    // What came so far need not come again. Where that cannot be noted, less is known to be there.
    await note().catch(() => undefined);
    throw error;
  });
  await note();
  if (!end) throw new Error("The end is missing: not everything came.");
  await store.rollUp(Date.now());
  const starts = end.seal?.starts ?? moving.header.starts;
  if (moving.isFresh && starts) await store.rollups?.beginAt(starts, own);
  await endMoving(connection);
  return filled;
}

function explainPiece(error: unknown): never {
  if (error instanceof StoreUnavailable) throw error;
  throw new Error(`The archive has something that no Unity wrote: ${messageOf(error)}`, { cause: error });
}

type Columns = Omit<Rollups, "series" | "tierSeconds">;

/** @throws RangeError */
function checkBuckets(buckets: Columns, tierSeconds: number): Columns {
  const { at, count, sum, min, max, last } = buckets;
  if (tierSeconds !== 3_600 && tierSeconds !== 86_400) throw new RangeError(`there are no rollups of ${tierSeconds} s`);
  for (let index = 0; index < at.length; index++) {
    const isWhole = (at[index] ?? -1) >= 0 && (at[index] ?? 0) % (tierSeconds * 1_000) === 0;
    const figures = [count, sum, min, max, last].map((column) => column[index] ?? Number.NaN);
    if (!isWhole || !figures.every(Number.isFinite) || !Number.isSafeInteger(count[index]) || (count[index] ?? 0) < 1)
      throw new RangeError(`the bucket at ${at[index]} is none of ${tierSeconds} s`);
  }
  return buckets;
}
