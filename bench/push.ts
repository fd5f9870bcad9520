import { monitorEventLoopDelay } from "node:perf_hooks";
import { compress } from "snappyjs";
import { openServed } from "../server/http/test-matrix";
import { encodeFirst } from "../server/push/test-encode";
import { pause } from "./measure/pause";
import type { Measured } from "./result";

const SERIES = 10_000;
/** As Prometheus sends them by itself. */
const PER_REQUEST = 2_000;
const SECONDS = 20;
const FULL_SPEED_SECONDS = 10;
const DELAY_RESOLUTION_MS = 5;
const TARGETS = { full_speed_samples_per_s: 20_000, scheduled_samples_per_s: 9_900, event_loop_delay_p99_ms: 150 };

/**
 * Remote write by HTTP into a whole Unity on SQLite, half of it counters, with the labels that a node exporter has: first 10,000 samples each
 * second, then as fast as one connection goes. The sender is in the same process, so its bodies are made before; what is left of it is counted
 * with Unity.
 */
export async function run(): Promise<Measured> {
  // Made first: nobody answers meanwhile.
  const firsts = makeRounds(2, Date.now() - 600_000).flat();
  const rounds = makeRounds(SECONDS, Date.now() - 500_000);
  const many = makeRounds(60, Date.now() - 300_000).flat();
  const served = await openServed();
  try {
    const [owner] = await served.unity.accounts.people.list();
    const draft = { name: "bench", scopes: ["send" as const], tags: null, expiresInDays: null };
    const { secret } = await served.unity.accounts.tokens.create(owner?.id ?? "", draft);
    await served.unity.instances.create({ plugin: "pushed-metrics", name: "bench", config: { maxSeries: 20_000 } });
    const send = async (body: Uint8Array) => {
      const headers = {
        ...{
          authorization: `Bearer ${secret}`,
          "content-type": "application/x-protobuf",
          "content-encoding": "snappy",
        },
      };
      const answer = await fetch(`${served.url}/api/v1/write`, { method: "POST", headers, body: body as BodyInit });
      if (answer.status !== 204) throw new Error(`Unity answered ${answer.status}: ${await answer.text()}`);
    };
    // They make the series.
    for (const body of firsts) await send(body);

    const scheduled = await measure(async () => {
      for (const round of rounds) {
        const next = performance.now() + 1_000;
        for (const body of round) await send(body);
        await pause(Math.max(0, next - performance.now()));
      }
      return rounds.length * SERIES;
    });
    const fullSpeed = await measure(async () => {
      const end = performance.now() + FULL_SPEED_SECONDS * 1_000;
      let sent = 0;
      for (; performance.now() < end && sent < many.length; sent += 1) await send(many[sent] as Uint8Array);
      return sent * PER_REQUEST;
    });
    const figures = {
      scheduled_samples_per_s: scheduled.samplesPerSecond,
      scheduled_cpu_cores: scheduled.cores,
      event_loop_delay_p99_ms: scheduled.delayP99Ms,
      full_speed_samples_per_s: fullSpeed.samplesPerSecond,
      full_speed_cpu_cores: fullSpeed.cores,
      microseconds_cpu_a_sample: (fullSpeed.cores / fullSpeed.samplesPerSecond) * 1e6,
      rss_mb: process.memoryUsage().rss / 1e6,
    };
    return { figures, targets: TARGETS };
  } finally {
    await served.close();
  }
}

/** Bodies of so many seconds, one after another. */
function makeRounds(seconds: number, from: number): Uint8Array[][] {
  return Array.from({ length: seconds }, (_, second) =>
    Array.from({ length: SERIES / PER_REQUEST }, (_, part) =>
      compress(
        encodeFirst(
          Array.from({ length: PER_REQUEST }, (_, index) => {
            const n = part * PER_REQUEST + index;
            return { labels: labelsOf(n), samples: [[from + second * 1_000, n * (second + 1)]] as const };
          }),
        ),
      ),
    ),
  );
}

const labelsOf = (n: number) => ({
  __name__: n % 2 === 0 ? "node_cpu_seconds_total" : "node_filesystem_avail_bytes",
  instance: "nas.lab:9100",
  job: "node",
  cpu: String(n),
  mode: "idle",
});

async function measure(work: () => Promise<number>) {
  const before = process.cpuUsage();
  const delay = monitorEventLoopDelay({ resolution: DELAY_RESOLUTION_MS });
  delay.enable();
  const startedAt = performance.now();
  const samples = await work();
  const seconds = (performance.now() - startedAt) / 1_000;
  delay.disable();
  const cpu = process.cpuUsage(before);
  return {
    samplesPerSecond: samples / seconds,
    cores: (cpu.user + cpu.system) / 1e6 / seconds,
    delayP99Ms: delay.percentile(99) / 1e6 - DELAY_RESOLUTION_MS,
  };
}
