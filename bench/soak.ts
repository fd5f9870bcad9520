import { readdirSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { type RunningUnity, startUnity } from "../e2e/built-unity";
import { openSqlite } from "../server/db/sqlite";
import { folders } from "../server/places";
import { type Restless, startRestless } from "./load/restless";
import { INSPECT, openInspector } from "./measure/inspector";
import { pause } from "./measure/pause";
import { cpuPercent, readUsage } from "./measure/process-usage";
import { slopeOf } from "./measure/slope";
import type { Measured } from "./result";

const SAMPLE_MS = 10_000;
/** Compiled code and caches fill up first. */
const WARM_UP_SHARE = 0.3;
/** Longer than a server keeps a connection that nobody uses. */
const QUIET_MS = 8_000;
const TARGETS = { heap_growth_mb: 1, rss_growth_mb: 5, descriptors_left: 2 };

/**
 * Does memory stay flat? The built server with everything that watches this machine collected once a second (ten times as often
 * as by itself), and visitors who come and tear themselves away all the time.
 */
export async function run(args: readonly string[] = []): Promise<Measured> {
  const { values } = parseArgs({ args: [...args], options: { minutes: { type: "string", default: "10" } } });
  const forMs = Number(values.minutes) * 60_000;
  const unity = await startUnity({}, [INSPECT]);
  try {
    await quicken(unity);
    const descriptorsBefore = countDescriptors(unity.pid());
    const restless = startRestless(unity);
    const first = readUsage(unity.pid());
    const samples = await sample(unity, forMs, restless);
    const last = readUsage(unity.pid());
    await restless.stop();
    await pause(QUIET_MS);
    const settled = samples.filter(({ seconds }) => seconds * 1_000 > forMs * WARM_UP_SHARE);
    const part = Math.ceil(settled.length / 4);
    const early = mean(settled.slice(0, part));
    const late = mean(settled.slice(-part));
    const figures = {
      minutes: forMs / 60_000,
      sockets_torn: restless.done.sockets,
      pages: restless.done.pages,
      pages_aborted: restless.done.abortedPages,
      heap_early_mb: early.heapMb,
      heap_late_mb: late.heapMb,
      heap_growth_mb: late.heapMb - early.heapMb,
      heap_slope_mb_per_hour: 3_600 * slopeOf(settled.map(({ seconds, heapMb }) => [seconds, heapMb])),
      rss_early_mb: early.rssMb,
      rss_late_mb: late.rssMb,
      rss_growth_mb: late.rssMb - early.rssMb,
      rss_slope_mb_per_hour: 3_600 * slopeOf(settled.map(({ seconds, rssMb }) => [seconds, rssMb])),
      descriptors_left: Math.max(0, countDescriptors(unity.pid()) - descriptorsBefore),
      cpu_percent: cpuPercent(first, last),
    };
    return { figures, targets: TARGETS, notes: NOTES };
  } finally {
    await unity.dispose();
  }
}

const NOTES = [
  `Every ${SAMPLE_MS / 1_000} s, after a full garbage collection of the main thread; the first ${WARM_UP_SHARE * 100} % of the time do not count.`,
  "early and late: means of the first and last quarter of what counts.",
];

interface Sample {
  readonly seconds: number;
  readonly heapMb: number;
  readonly rssMb: number;
}

async function sample(unity: RunningUnity, forMs: number, restless: Restless): Promise<Sample[]> {
  const inspector = await openInspector(unity.output());
  const first = readUsage(unity.pid());
  const samples: Sample[] = [];
  while (performance.now() - first.at < forMs) {
    await pause(SAMPLE_MS);
    restless.requireWell();
    const heapMb = await inspector.heapAfterGcMb();
    const { at, rssMb } = readUsage(unity.pid());
    samples.push({ seconds: (at - first.at) / 1_000, heapMb, rssMb });
  }
  inspector.close();
  return samples;
}

/** Faster than a person may set it: written where Unity keeps it, while it is stopped. */
async function quicken(unity: RunningUnity): Promise<void> {
  await unity.stop();
  const connection = await openSqlite(join(unity.dataFolder, "unity.db"), {
    migrationsFolder: join(folders.migrations, "sqlite"),
  });
  await connection.engine.run("update plugins set interval_seconds = 1");
  await connection.close();
  await unity.start();
}

/** Files and sockets that it has open. */
const countDescriptors = (pid: number) => readdirSync(`/proc/${pid}/fd`).length;

function mean(samples: readonly Sample[]): Pick<Sample, "heapMb" | "rssMb"> {
  const sum = (of: (sample: Sample) => number) => samples.reduce((total, one) => total + of(one), 0);
  return { heapMb: sum(({ heapMb }) => heapMb) / samples.length, rssMb: sum(({ rssMb }) => rssMb) / samples.length };
}
