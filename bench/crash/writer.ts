/** The process that is killed: writes without end, and says on its output what it wrote, what it was told is durable, and what it is at. */
import { parseDatabaseUrl } from "../../server/db/database-place";
import type { ChunkStore } from "../../server/metrics/chunks/chunk-store";
import type { MetricStore } from "../../server/metrics/store";
import { openStores } from "../../server/open-stores";
import { batchOf, CRASH_SERIES, instantOf, type Phase, RETENTION, roundOf } from "./rounds";

/** At most so many are in memory while the database is away. */
const MOST_AHEAD = 20_000;

const { store } = await openStores(parseDatabaseUrl(process.argv[2] ?? ""), { waitMs: 30_000 });
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

const work: Readonly<Record<Phase, () => Promise<unknown>>> = {
  flush: () => pause(1),
  seal: async () => (isChunkStore(store) ? store.seal() : undefined),
  rollup: () => store.rollUp(instantOf(round)),
  retention: () => store.prune(instantOf(round), RETENTION),
};
const isChunkStore = (one: MetricStore): one is ChunkStore => "seal" in one;
const phases = Object.keys(work) as Phase[];

for (;;) {
  // Half of the time the database is left to its own rhythm.
  await pause(Math.random() < 0.5 ? 40 + Math.random() * 400 : 1_500 + Math.random() * 5_000);
  const phase = phases[Math.floor(Math.random() * phases.length)] ?? "flush";
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
