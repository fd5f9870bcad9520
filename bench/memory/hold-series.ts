/**
 * A process that does nothing but keep samples: `hold-series.ts <url> <series> <hours>`. Prints one line of JSON with what it needs.
 */
import { setImmediate as nextTurn } from "node:timers/promises";
import { HEAD_SAMPLES } from "../../server/metrics/chunks/chunk-store";
import { STEP_MS } from "../load/samples";
import { pause } from "../measure/pause";
import { readPeakMb } from "../measure/process-usage";
import { writeWhenTaken } from "../stores/fill";
import { openClockedStore } from "../stores/open-clocked-store";

const HOUR_MS = 3_600_000;
const START_AT = 1_764_000_000_000;
const BATCH_SAMPLES = 20_000;
/** Sealing looks around every 15 s. */
const QUIET_MS = 20_000;

const [url = "", count = "", hours = ""] = process.argv.slice(2);
const series = Number(count);
/** A head is sealed when it has 720 samples, or its share of what all may have. Series begin one after another over that time. */
const headSteps = Math.min(720, HEAD_SAMPLES / series);
const steps = Math.round((Number(hours) * HOUR_MS) / STEP_MS);
/** Half of the series change like a gauge with two decimals, half seldom: nothing has to be remembered of them. */
const waveOf = (id: number, at: number) =>
  id % 2 === 0 ? Math.round(Math.sin(at / 600_000 + id) * 1e4) / 100 : Math.floor(at / 3_600_000) * id;
const mb = (bytes: number) => Math.round(bytes / 1e5) / 10;
const emptyRss = process.memoryUsage().rss;

let clock = START_AT;
const { store, close } = await openClockedStore(url, () => clock);
const openRss = process.memoryUsage().rss;
let written = 0;
for (let step = 0; step < headSteps + steps; step++) {
  clock = START_AT + step * STEP_MS;
  const begun = Math.min(series, Math.ceil((series * (step + 1)) / headSteps));
  for (let from = 0; from < begun; from += BATCH_SAMPLES) {
    const length = Math.min(BATCH_SAMPLES, begun - from);
    await writeWhenTaken(store, {
      series: Array.from({ length }, (_, index) => from + index + 1),
      at: new Array<number>(length).fill(clock),
      value: Array.from({ length }, (_, index) => waveOf(from + index + 1, clock)),
    });
    written += length;
    await nextTurn();
  }
  await store.flush();
}
await pause(QUIET_MS);
const { rss, heapUsed, heapTotal, external, arrayBuffers } = process.memoryUsage();
const figures = {
  samples: written,
  rss_mb: mb(rss),
  peak_rss_mb: readPeakMb(process.pid),
  start_rss_mb: mb(emptyRss),
  // An empty store.
  open_mb: mb(openRss - emptyRss),
  heap_used_mb: mb(heapUsed),
  heap_mb: mb(heapTotal),
  external_mb: mb(external),
  array_buffers_mb: mb(arrayBuffers),
};
process.stdout.write(`${JSON.stringify(figures)}\n`);
await close();
process.exit(0);
