import type { SqlEngine } from "../../db/sql-engine";
import { messageOf } from "../../errors";
import type { Log } from "../../log";
import { groupChunks } from "../chunks/chunk-row";
import { openChunkStore } from "../chunks/chunk-store";
import { decodeSamples } from "../chunks/codec/samples";
import { LEADER_KEY } from "../chunks/fence";
import { readOwnStarts } from "../chunks/own-reach";
import { loadReach } from "../chunks/reach";
import { ofWindow, slices } from "../chunks/read-raw";
import { readChunks } from "../chunks/tables";
import { DAY_MS, floorTo } from "../grid";
import { carryOwnRollups, carryRollups } from "./carry-rollups";
import { hasChunks } from "./has-chunks";
import { toTime } from "./instants";
import { type OwnStarts, storeOwnStarts } from "./own-starts";
import { putSamples } from "./put-samples";
import { createState, finishMove, loadState, putCarriedTo, raiseFrom, readMove } from "./reach";
import { rollUpHours } from "./roll-up";

/** Of one read: a day of a series at a sample in ten seconds is 8,640. */
const SERIES_PER_SLICE = 20;
const SAMPLES_PER_INSERT = 20_000;
/** Days older than this are compressed as soon as they are carried over, so that the disk need not hold all of them as rows. */
const LEFT_OPEN_MS = 2 * DAY_MS;

const TABLES = "plugin_metrics_batch, plugin_metrics_chunk, plugin_metrics_rollup_chunk, plugin_metrics_head";

/**
 * Takes over what the chunk engine stored in this database, a day at a time: whoever is killed goes on with the day he was at, and what
 * is there already is left out. The chunks go when everything is there. Returns whether there were any.
 */
export async function carryChunks(
  engine: SqlEngine,
  { log, now }: { log?: Log | undefined; now: number },
): Promise<boolean> {
  await createState(engine);
  if (!(await hasChunks(engine))) {
    await engine.transaction(finishMove);
    return false;
  }
  log?.info("carrying over the samples that this database has in chunks into the hypertable");
  // What is in no chunk yet becomes one.
  const chunks = await openChunkStore(engine, { name: "PostgreSQL" });
  await chunks.seal();
  await chunks.close();
  const { carriedTo } = await readMove(engine);
  const reach = await loadReach(engine);
  const own = new Map([...(await readOwnStarts(engine))].filter(([, start]) => start > reach.rawFrom));
  if (carriedTo === null) {
    await engine.transaction([...raiseFrom(reach), ...storeOwnStarts(own)]);
    await carryRollups(engine, reach);
    await engine.transaction([putCarriedTo(0)]);
  }
  const { rawFrom } = await loadState(engine);
  for (let from = Math.max(rawFrom, carriedTo ?? 0); ; ) {
    const next = await nextChunk(engine, from);
    if (next === undefined) break;
    const day = floorTo(Math.max(from, next), DAY_MS);
    await carryDay(engine, { from: Math.max(rawFrom, day), to: day + DAY_MS }, own);
    if (day + DAY_MS <= now - LEFT_OPEN_MS) await compressDay(engine, day, log);
    await engine.transaction([putCarriedTo(day + DAY_MS)]);
    log?.info({ day: new Date(day).toISOString().slice(0, 10) }, "samples of a day are carried over");
    from = day + DAY_MS;
  }
  await rollUpHours(engine, now);
  await carryOwnRollups(engine, reach, own);
  // Its reach goes with it: samples that another process may still put into chunks are carried over next time, from the beginning.
  await engine.transaction([
    { sql: `truncate ${TABLES}` },
    { sql: "delete from plugin_metrics_state where key not like 'timescale%' and key <> ?", params: [LEADER_KEY] },
    ...finishMove,
  ]);
  log?.info("the samples are carried over into the hypertable");
  return true;
}

/** Where the first chunk begins that ends at or after an instant. */
async function nextChunk(engine: SqlEngine, from: number): Promise<number | undefined> {
  const [row] = await engine.query("select min(start_at) from plugin_metrics_chunk where end_at >= ?", [from]);
  return row?.[0] === null || row?.[0] === undefined ? undefined : Number(row[0]);
}

async function carryDay(engine: SqlEngine, window: { from: number; to: number }, own: OwnStarts): Promise<void> {
  const rows = await engine.query(
    "select distinct series from plugin_metrics_chunk where start_at < ? and end_at >= ? order by series",
    [window.to, window.from],
  );
  for (const series of slices(
    rows.map(([id]) => Number(id)),
    SERIES_PER_SLICE,
  )) {
    const batch = createRows();
    for (const [id, chunks] of groupChunks(await readChunks(engine, series, window))) {
      for (const { data } of chunks) {
        const mine = { ...window, from: Math.max(window.from, own.get(id) ?? 0) };
        const { at, value } = ofWindow(decodeSamples(data ?? new Uint8Array()), mine);
        for (let index = 0; index < at.length; index++) {
          batch.add(id, at[index] ?? 0, value[index] ?? 0);
          if (batch.size() === SAMPLES_PER_INSERT) await put(engine, batch, window.from);
        }
      }
    }
    await put(engine, batch, window.from);
  }
}

async function put(engine: SqlEngine, rows: Rows, rawFrom: number): Promise<void> {
  if (rows.size() > 0) await engine.transaction(putSamples(rows.take(), { rawFrom, isLate: true }));
}

interface Rows {
  add(series: number, at: number, value: number): void;
  size(): number;
  /** Empties it. */
  take(): { series: Float64Array; at: Float64Array; value: Float64Array; count: number };
}

function createRows(): Rows {
  const series = new Float64Array(SAMPLES_PER_INSERT);
  const at = new Float64Array(SAMPLES_PER_INSERT);
  const value = new Float64Array(SAMPLES_PER_INSERT);
  let count = 0;
  return {
    add(id, instant, one) {
      series[count] = id;
      at[count] = instant;
      value[count++] = one;
    },
    size: () => count,
    take() {
      const taken = { series, at, value, count };
      count = 0;
      return taken;
    },
  };
}

/** The policy would do it, too, when everything is there. */
async function compressDay(engine: SqlEngine, day: number, log: Log | undefined): Promise<void> {
  const sql = `select compress_chunk(chunk, if_not_compressed => true)
    from show_chunks('plugin_metrics', newer_than => ${toTime()}, older_than => ${toTime()}) chunk`;
  await engine.query(sql, [day, day + DAY_MS]).catch((error: unknown) => {
    log?.warn({ error: messageOf(error) }, "a day that was carried over could not be compressed; a job will try again");
  });
}
