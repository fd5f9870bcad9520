/** The process that `crash.ts` kills: writes without end, and says on its output what it wrote and what it was told is durable. */
import { openEmbeddedStores } from "../server/open-stores";
import { batchOf, CRASH_SERIES, instantOf, roundOf } from "./crash-rounds";

const { store } = await openEmbeddedStores(process.argv[2] ?? "");
const [newest] = store.latest([CRASH_SERIES[0] ?? 0]);
let round = newest ? roundOf(newest.at) + 1 : 0;
/** In one write, so that a line is never half there. */
const say = (line: string) => process.stdout.write(`${line}\n`);

setInterval(() => {
  store.write(batchOf(round));
  say(`wrote ${round} ${Date.now()}`);
  round++;
}, 2);
for (;;) {
  await pause(40 + Math.random() * 400);
  const last = round - 1;
  await store.flush();
  say(`durable ${last} ${Date.now()}`);
  if (Math.random() < 0.5) {
    // Half of the time the database is left to its own rhythm for longer than that, and half of the time it rolls up as well.
    await pause(6_000);
    await store.rollUp(instantOf(round));
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
