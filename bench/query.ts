import { parseArgs } from "node:util";
import type { MetricStore } from "../server/metrics/store";
import { countSamples, END_AT, isSize, SERIES, type Size } from "./load/samples";
import { percentile } from "./measure/percentile";
import { readUsage } from "./measure/process-usage";
import type { Measured } from "./result";
import { fillStore } from "./stores/fill";
import { type BenchEngine, chooseBenchEngines, openBenchStore } from "./stores/open-bench-store";
import { TIMESCALE_NOTE } from "./stores/open-timescale-bench";

const SECOND_MS = 1_000;
const HOUR_MS = 3_600 * SECOND_MS;
const DAY_MS = 24 * HOUR_MS;
const RUNS = 15;
/** Of fewer, the 95th of a hundred is the worst of all. */
const WRITES = 200;

const TARGETS: Readonly<Record<string, number>> = {
  latest2000_ms: 1,
  raw1h1_ms: 1,
  chart24h10_ms: 10,
  chart30d10_ms: 10,
  raw30d10_ms: 80,
  chart1y10_ms: 30,
};

/**
 * Latencies of the questions that pages ask, on every engine, with `--size` d1, d10 or d61 (60.8 million samples of 2,000 series).
 * The store is as it is in life: what came in last is in memory, the days that are over are rolled up.
 */
export async function run(args: readonly string[] = []): Promise<Measured> {
  const { values } = parseArgs({
    args: [...args],
    options: { size: { type: "string", default: "d61" }, engine: { type: "string", multiple: true } },
  });
  const { size } = values;
  if (!isSize(size)) throw new Error(`There is no size ${size}. --size d1, d10 or d61.`);
  const figures: Record<string, number> = { samples: countSamples(size) };
  const targets: Record<string, number> = {};
  const engines = chooseBenchEngines(values.engine);
  for (const engine of engines) {
    for (const [figure, value] of Object.entries(await measure(engine, size))) figures[`${engine}_${figure}`] = value;
    for (const [figure, target] of Object.entries(TARGETS)) targets[`${engine}_${figure}`] = target;
  }
  const notes = [
    `Medians of ${RUNS} runs after one that nobody counts. chart24h10: 24 hours of 10 series in at most 400 points. raw30d10: 30 days in half hours, which no rollup has.`,
    ...(engines.includes("timescale") ? [TIMESCALE_NOTE] : []),
    "The same questions to VictoriaMetrics and Prometheus: npm run bench -- peers --size d61.",
  ];
  return { figures, targets, notes };
}

async function measure(engine: BenchEngine, size: Size): Promise<Record<string, number>> {
  const bench = await openBenchStore(engine);
  try {
    const filled = await fillStore(bench.store, size);
    const rollUpStartedAt = performance.now();
    await bench.store.rollUp(END_AT);
    const rollUpMs = performance.now() - rollUpStartedAt;
    await bench.ripen?.();
    const answers = await ask(bench.store);
    const { samples, bytes } = await bench.store.stats();
    const rssMb = readUsage(process.pid).rssMb;
    const openStartedAt = performance.now();
    await bench.reopen();
    return {
      fill_samples_per_s: filled.samples / filled.seconds,
      roll_up_all_ms: rollUpMs,
      bytes_per_sample: bytes / samples,
      ...answers,
      reopen_ms: performance.now() - openStartedAt,
      rss_mb: rssMb,
    };
  } finally {
    await bench.close();
  }
}

async function ask(store: MetricStore): Promise<Record<string, number>> {
  const all = Array.from({ length: SERIES }, (_, index) => index + 1);
  const charted = all.slice(0, 10);
  const chart = (series: readonly number[], windowMs: number, more = {}) =>
    store.range({ series, from: END_AT - windowMs, to: END_AT, maxPoints: 400, minStepMs: 10_000, ...more });
  const top = (series: readonly number[], limit: number, windowMs: number) =>
    store.top({ series, from: END_AT - windowMs, to: END_AT, by: "avg", limit });
  let at = END_AT;
  const questions: Readonly<Record<string, (run: number) => Promise<unknown>>> = {
    latest2000: async () => store.latest(all),
    raw1h1: (run) => chart([1 + ((run * 67) % SERIES)], HOUR_MS),
    chart24h10: () => chart(charted, DAY_MS),
    chart7d10: () => chart(charted, 7 * DAY_MS),
    chart30d10: () => chart(charted, 30 * DAY_MS),
    raw30d10: () => chart(charted, 30 * DAY_MS, { maxPoints: 1_500, minStepMs: HOUR_MS / 2 }),
    chart1y10: () => chart(charted, 365 * DAY_MS),
    top20of2000: () => top(all, 20, HOUR_MS),
    top20of2000_24h: () => top(all, 20, DAY_MS),
    mean5min500: () => store.window({ series: all.slice(0, 500), from: END_AT - 300 * SECOND_MS, to: END_AT }),
    write2000: async () => {
      at += 10 * SECOND_MS;
      store.write({ series: all, at: all.map(() => at), value: all.map((id) => id) });
      await store.flush();
    },
    stats: () => store.stats(),
  };
  const figures: Record<string, number> = {};
  for (const [name, question] of Object.entries(questions)) {
    await question(0);
    const times: number[] = [];
    const runs = name === "write2000" ? WRITES : RUNS;
    for (let run = 1; run <= runs; run++) {
      const startedAt = performance.now();
      await question(run);
      times.push(performance.now() - startedAt);
    }
    figures[`${name}_ms`] = percentile(times, 0.5);
    if (name === "write2000") figures.write2000_p95_ms = percentile(times, 0.95);
  }
  return figures;
}
