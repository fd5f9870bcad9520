import { parseArgs } from "node:util";
import { startUnity } from "../e2e/built-unity";
import { type Api, connectClient } from "./load/client";
import { addEndpoints } from "./load/endpoints";
import { openWebTarget } from "./load/web-target";
import { timeRows } from "./measure/list-timing";
import { pause } from "./measure/pause";
import { median } from "./measure/percentile";
import { cpuPercent, readUsage } from "./measure/process-usage";
import type { Measured } from "./result";

const INSTANCES = 500;
const INTERVAL_SECONDS = 20;
/** What adding them allocates is collected, and each has run twice. */
const SETTLE_MS = 45_000;
const SAMPLE_MS = 5_000;
const OPENED = 7;
const TARGETS = { cpu_percent: 4, rss_mb: 200, list_ms: 400 };

/** What 500 web services watched every 20 s cost, and how long the page that lists them takes to show them all. */
export async function run(args: readonly string[] = []): Promise<Measured> {
  const { values } = parseArgs({ args: [...args], options: { seconds: { type: "string", default: "80" } } });
  const unity = await startUnity();
  const target = await openWebTarget();
  const { api, close } = connectClient(unity);
  try {
    await removeAll(api);
    await addEndpoints(api, { url: target.url, count: INSTANCES, intervalSeconds: INTERVAL_SECONDS });
    await pause(SETTLE_MS);
    const first = target.answered.length;
    const from = readUsage(unity.pid());
    const rss: number[] = [];
    while (performance.now() - from.at < Number(values.seconds) * 1_000) {
      await pause(SAMPLE_MS);
      rss.push(readUsage(unity.pid()).rssMb);
    }
    const to = readUsage(unity.pid());
    const answered = target.answered.length - first;
    const listMs = await timeRows(`${unity.url}/instances`, { rows: INSTANCES, times: OPENED, storage: unity.storage });
    const figures = {
      instances: INSTANCES,
      probes_per_s: (answered * 1_000) / (to.at - from.at),
      cpu_percent: cpuPercent(from, to),
      cpu_per_probe_ms: (to.cpuMs - from.cpuMs) / answered,
      rss_mb: median(rss),
      rss_max_mb: Math.max(...rss),
      list_ms: median(listMs),
      list_max_ms: Math.max(...listMs),
    };
    const notes = [
      "cpu_percent is of one core, of the whole server; the target answers in another process.",
      `list: from loading the page again in Chromium, its scripts cached, until all ${INSTANCES} rows are shown in it; median of ${OPENED}.`,
    ];
    return { figures, targets: TARGETS, notes };
  } finally {
    close();
    await unity.dispose();
    await target.close();
  }
}

/** What watches this machine by itself is not what is measured here. */
async function removeAll(api: Api): Promise<void> {
  for (const { id } of await api.plugins.instances.query()) await api.plugins.remove.mutate({ id });
}
