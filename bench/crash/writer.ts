/**
 * The process that is killed: `writer.ts <url> <phase>` writes without end, is at its phase again and again, and says on its output what
 * it wrote, what it was told is durable, and what it is at.
 */
import { parseDatabaseUrl } from "../../server/db/database-place";
import type { ChunkStore } from "../../server/metrics/chunks/chunk-store";
import type { MetricStore } from "../../server/metrics/store";
import { openStores } from "../../server/open-stores";
import { batchOf, CRASH_SERIES, instantOf, RETENTION, roundOf, WRITING, type Writing } from "./rounds";

/** At most so many are in memory while the database is away. */
const MOST_AHEAD = 20_000;

const [url = "", wanted = ""] = process.argv.slice(2);
/** Before it may be killed. */
const phase = WRITING.find((name) => name === wanted) ?? "flush";
const { store } = await openStores(parseDatabaseUrl(url), { waitMs: 30_000 });
const [newest] = store.latest([CRASH_SERIES[0] ?? 0]);
let round = newest ? roundOf(newest.at) + 1 : 0;
let durable = round - 1;
/** In one write, so that a line is never half there. */
const say = (line: string) => process.stdout.write(`${line}\n`);

setInterval(() => {
  if (round - durable > MOST_AHEAD) return;
  store.write(batchOf(round));
  say(`wrote ${round} ${Date.now()}`);
  round++;
}, 2);

const work: Readonly<Record<Writing, () => Promise<unknown>>> = {
  flush: () => pause(1),
  seal: async () => (isChunkStore(store) ? store.seal() : undefined),
  rollup: () => store.rollUp(instantOf(round)),
  retention: () => store.prune(instantOf(round), RETENTION),
};
const isChunkStore = (one: MetricStore): one is ChunkStore => "seal" in one;

for (;;) {
  // Now and then the database is left to its own rhythm.
  await pause(Math.random() < 0.8 ? 40 + Math.random() * 400 : 1_500);
  say(`phase ${phase} ${Date.now()}`);
  try {
    await work[phase]();
    const last = round - 1;
    await store.flush();
    durable = last;
    say(`durable ${last} ${Date.now()}`);
  } catch (error) {
    // The database is away: what is written waits, and goes on when it is back.
    say(`failed ${round} ${Date.now()} ${error instanceof Error ? error.message : String(error)}`);
    await pause(200);
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
