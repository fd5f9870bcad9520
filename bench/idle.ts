import { parseArgs } from "node:util";
import { startUnity } from "../e2e/built-unity";
import { type Api, connectClient } from "./load/client";
import { pause } from "./measure/pause";
import { median, percentile } from "./measure/percentile";
import { cpuPercent, readUsage } from "./measure/process-usage";
import type { Measured } from "./result";

const SLOWEST_SECONDS = 10;
/** What the start allocates is collected, and every plugin has run several times. */
const SETTLE_MS = 45_000;
const SAMPLE_MS = 5_000;
const STARTS = 5;
const TARGETS = { rss_mb: 160, cpu_percent: 2, listening_ms: 2_000 };

/**
 * What Unity costs a machine that nobody looks at: the built server on a fresh data folder, watching this machine with all it has,
 * at most 10 s between two readings. Then the same with one tab open, and the time it takes to start.
 */
export async function run(args: readonly string[] = []): Promise<Measured> {
  const { values } = parseArgs({ args: [...args], options: { seconds: { type: "string", default: "60" } } });
  const measureMs = Number(values.seconds) * 1_000;
  const unity = await startUnity();
  const { api, close } = connectClient(unity);
  try {
    const plugins = await quicken(api);
    await pause(SETTLE_MS);
    const idle = await watch(unity.pid(), measureMs);

    const subscription = api.live.stream.subscribe(undefined, {});
    await fetch(unity.url, { headers: { cookie: unity.cookie } }).then((page) => page.text());
    await pause(SAMPLE_MS);
    const viewed = await watch(unity.pid(), measureMs / 2);
    subscription.unsubscribe();

    const starts: { wallMs: number; cpuMs: number }[] = [];
    while (starts.length < STARTS) {
      await unity.stop();
      await unity.start();
      starts.push({ wallMs: unity.listeningMs(), cpuMs: readUsage(unity.pid()).cpuMs });
    }
    const listening = starts.map(({ wallMs }) => wallMs);
    const figures = {
      host_plugins: plugins,
      rss_mb: idle.rssMb,
      rss_max_mb: idle.rssMaxMb,
      cpu_percent: idle.cpuPercent,
      rss_with_a_tab_mb: viewed.rssMb,
      cpu_with_a_tab_percent: viewed.cpuPercent,
      listening_ms: median(listening),
      listening_min_ms: Math.min(...listening),
      listening_cpu_ms: median(starts.map(({ cpuMs }) => cpuMs)),
    };
    const notes = [
      "cpu_percent is of one core and counts the tools that plugins run; listening is from the spawn to the first answer.",
    ];
    return { figures, targets: TARGETS, notes };
  } finally {
    close();
    await unity.dispose();
  }
}

/** @returns how many instances watch this machine */
async function quicken(api: Api): Promise<number> {
  const instances = await api.plugins.instances.query();
  for (const { id, intervalSeconds } of instances) {
    if (intervalSeconds > SLOWEST_SECONDS)
      await api.plugins.update.mutate({ id, intervalSeconds: SLOWEST_SECONDS }).catch(() => undefined); // where its floor is higher, its own cadence stays
  }
  return instances.length;
}

async function watch(pid: number, forMs: number) {
  const first = readUsage(pid);
  const rss: number[] = [];
  while (performance.now() - first.at < forMs) {
    await pause(SAMPLE_MS);
    rss.push(readUsage(pid).rssMb);
  }
  return { rssMb: median(rss), rssMaxMb: percentile(rss, 1), cpuPercent: cpuPercent(first, readUsage(pid)) };
}
