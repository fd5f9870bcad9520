import { parseArgs } from "node:util";
import { countSamples, END_AT, generateSamples, isSize, METRICS, SERIES, type Size } from "./load/samples";
import { median } from "./measure/percentile";
import { readUsage } from "./measure/process-usage";
import { type LocalPeer, PEERS, type PeerName, startPeer } from "./peers/peer";
import type { Measured } from "./result";

const SECOND_MS = 1_000;
const HOUR_MS = 3_600 * SECOND_MS;
const DAY_MS = 24 * HOUR_MS;
const RUNS = 9;
const CHARTED = Array.from({ length: 10 }, (_, index) => index + 1);

/**
 * VictoriaMetrics and Prometheus of this machine with `--size` d1 (a million samples), d10 or d61: how fast they take them, what they
 * take on the disk, how fast they answer. They are there to be compared with; they have no target.
 */
export async function run(args: readonly string[] = []): Promise<Measured> {
  const { values } = parseArgs({
    args: [...args],
    options: { size: { type: "string", default: "d1" }, peer: { type: "string", multiple: true } },
  });
  const { size } = values;
  if (!isSize(size)) throw new Error(`There is no size ${size}. --size d1, d10 or d61.`);
  const wanted = PEERS.filter((name) => !values.peer || values.peer.includes(name));
  const figures: Record<string, number> = {};
  for (const name of wanted) {
    for (const [figure, value] of Object.entries(await measurePeer(name, size))) figures[`${name}_${figure}`] = value;
  }
  const notes = [
    `Medians of ${RUNS} runs after one that nobody counts, over HTTP and with JSON read. Charts ask for average, minimum and maximum: three questions.`,
    "cpu_s_per_million: of the peer, without the client. Each answered that it has every sample.",
  ];
  return { figures, targets: {}, notes };
}

async function measurePeer(name: PeerName, size: Size): Promise<Record<string, number>> {
  const peer = await startPeer(name);
  try {
    const samples = countSamples(size);
    const before = readUsage(peer.pid);
    const writeMs = await load(peer, size);
    const after = readUsage(peer.pid);
    const stored = await peer.count(END_AT);
    if (stored !== samples) throw new Error(`${name} has ${stored} of ${samples} samples.`);
    await peer.disk.settle();
    const answers = await ask(peer);
    return {
      samples: stored,
      write_samples_per_s: samples / (writeMs / SECOND_MS),
      cpu_s_per_million: (after.cpuMs - before.cpuMs) / SECOND_MS / (samples / 1e6),
      bytes_per_sample: (await peer.disk.readBytes()) / samples,
      rss_mb: readUsage(peer.pid).rssMb,
      ...answers,
    };
  } finally {
    await peer.stop();
  }
}

/** @returns milliseconds, without those of making the samples */
async function load(peer: LocalPeer, size: Size): Promise<number> {
  let ms = 0;
  for (const batch of generateSamples(size)) {
    const startedAt = performance.now();
    await peer.write(batch);
    ms += performance.now() - startedAt;
  }
  const startedAt = performance.now();
  await peer.flush();
  return ms + performance.now() - startedAt;
}

async function ask(peer: LocalPeer): Promise<Record<string, number>> {
  const chart = (windowMs: number, stepMs: number) => () =>
    peer.buckets(CHARTED, { from: END_AT - windowMs, to: END_AT, stepMs });
  const questions: Readonly<Record<string, (run: number) => Promise<unknown>>> = {
    latest2000: () => peer.latest(END_AT),
    raw1h1: (run) => peer.raw(1 + ((run * 67) % SERIES), { from: END_AT - HOUR_MS, to: END_AT }),
    chart24h10: chart(DAY_MS, 300 * SECOND_MS),
    chart30d10: chart(30 * DAY_MS, 3 * HOUR_MS),
    top10of50: (run) => peer.top(run % METRICS, END_AT, 10),
  };
  const figures: Record<string, number> = {};
  for (const [name, question] of Object.entries(questions)) {
    await question(0);
    const times: number[] = [];
    for (let count = 1; count <= RUNS; count++) {
      const startedAt = performance.now();
      await question(count);
      times.push(performance.now() - startedAt);
    }
    figures[`${name}_ms`] = median(times);
  }
  return figures;
}
