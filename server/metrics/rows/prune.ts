import type { SqliteEngine } from "../../db/sqlite-engine";
import { readFirst } from "./queries";
import { RAW } from "./sources";

/** Deleted in one transaction: about 15 ms of the worker. */
const ROWS_PER_DELETE = 20_000;
/** Given back to the disk in one go, of 4 KB each; in a night at most 200 times as much, 400 MB. */
const PAGES_PER_SHRINK = 500;
const MAX_SHRINKS = 200;

/** Deletes a tier's rows before an instant, of all series. Returns how many. */
export async function deleteBefore(engine: SqliteEngine, tierSeconds: number, before: number): Promise<number> {
  let rows = 0;
  for (const { series, at } of await readFirst(engine, { tierSeconds })) {
    if (at < before) rows += await deleteOf(engine, { series, tierSeconds, before });
  }
  return rows;
}

/** Deletes one series' rows before an instant, a slice at a time, so that readers come in between. */
export async function deleteOf(
  engine: SqliteEngine,
  { series, tierSeconds, before }: { series: number; tierSeconds: number; before: number },
): Promise<number> {
  const rows =
    tierSeconds === RAW
      ? "plugin_metrics where series = ?"
      : `plugin_metrics_rollup where tier = ${Math.trunc(tierSeconds)} and series = ?`;
  const slice = `select at from ${rows} and at < ? order by at limit 1 offset ${ROWS_PER_DELETE}`;
  let deleted = 0;
  for (;;) {
    const [next] = await engine.query(slice, [series, before]);
    const until = next ? Number(next[0]) : before;
    const [changes = 0] = await engine.transaction([
      { sql: `delete from ${rows} and at < ?`, params: [series, until] },
    ]);
    deleted += changes;
    if (!next) return deleted;
  }
}

/** Gives pages back once they are a quarter of the file; fewer are filled again within days, and moving pages is writing, too. */
export async function shrinkFile(engine: SqliteEngine): Promise<void> {
  for (let round = 0; round < MAX_SHRINKS; round++) {
    const [[free = 0] = []] = await engine.query("pragma freelist_count");
    const [[pages = 0] = []] = await engine.query("pragma page_count");
    if (Number(free) <= Number(pages) / 4) return;
    await engine.run(`pragma incremental_vacuum(${PAGES_PER_SHRINK})`);
  }
}
