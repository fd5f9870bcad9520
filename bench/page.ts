import { parseArgs } from "node:util";
import { gzipSync } from "node:zlib";
import { startUnity } from "../e2e/built-unity";
import { type Api, connectClient } from "./load/client";
import { addEndpoints, untilAllRan } from "./load/endpoints";
import { writePastHour } from "./load/history";
import { openWebTarget } from "./load/web-target";
import { timedGet } from "./measure/http-timing";
import { gzippedBytes, listScripts } from "./measure/page-scripts";
import { pause } from "./measure/pause";
import { median, percentile } from "./measure/percentile";
import { readUsage } from "./measure/process-usage";
import type { Measured } from "./result";

/** Two series of each are on the overview. */
const INSTANCES = 100;
const WARM_UP_SHARE = 0.25;
const QUIET_MS = 10_000;
const TARGETS = { first_byte_ms: 50, js_gzip_kb: 220 };

/** What the first page costs with 200 series on it, each with an hour of the past: time, processor, and what a browser loads. */
export async function run(args: readonly string[] = []): Promise<Measured> {
  const { values } = parseArgs({ args: [...args], options: { requests: { type: "string", default: "200" } } });
  const requests = Number(values.requests);
  const unity = await startUnity();
  const { cookie } = unity;
  const target = await openWebTarget();
  const { api, close } = connectClient(unity);
  try {
    // So seldom that what is measured is the page.
    await addEndpoints(api, { url: target.url, count: INSTANCES, intervalSeconds: 3_600 });
    const series = await shownSeries(api);
    await unity.stop();
    await writePastHour(unity.dataFolder, series);
    const startedAt = Date.now();
    await unity.start();
    await untilAllRan(api, startedAt);

    const page = () => timedGet(`${unity.url}/`, { acceptEncoding: "gzip, br", cookie });
    for (let count = 0; count < requests * WARM_UP_SHARE; count++) await page();
    const quiet = await cpuWhile(unity.pid(), () => pause(QUIET_MS));
    const answers: Awaited<ReturnType<typeof page>>[] = [];
    const busy = await cpuWhile(unity.pid(), async () => {
      while (answers.length < requests) answers.push(await page());
    });
    const calls = await cpuWhile(unity.pid(), async () => {
      for (let count = 0; count < requests; count++)
        await timedGet(`${unity.url}/api/trpc/plugins.overview`, { acceptEncoding: "gzip", cookie });
    });
    const html = (await timedGet(`${unity.url}/`, { acceptEncoding: "identity", cookie })).body;
    const scripts = listScripts(html.toString());
    const figures = {
      series: series.length,
      first_byte_ms: median(answers.map(({ firstByteMs }) => firstByteMs)),
      first_byte_p95_ms: percentile(
        answers.map(({ firstByteMs }) => firstByteMs),
        0.95,
      ),
      complete_ms: median(answers.map(({ completeMs }) => completeMs)),
      cpu_per_page_ms: cpuOver(busy, quiet) / requests,
      cpu_per_overview_call_ms: cpuOver(calls, quiet) / requests,
      html_kb: html.length / 1e3,
      html_gzip_kb: gzipSync(html).length / 1e3,
      js_files: scripts.length,
      js_gzip_kb: (await gzippedBytes(unity.url, scripts)) / 1e3,
      rss_after_mb: readUsage(unity.pid()).rssMb,
    };
    const notes = [
      `${requests} requests one after the other on one connection, after a quarter as many that do not count; medians.`,
      "cpu: of all threads of the server, less what it uses when nobody asks. js: every script the HTML names.",
    ];
    return { figures, targets: TARGETS, notes };
  } finally {
    close();
    await unity.dispose();
    await target.close();
  }
}

async function shownSeries(api: Api): Promise<number[]> {
  const { instances, hosts } = await api.plugins.overview.query();
  const figures = [
    ...instances.flatMap((instance) => instance.figures),
    ...hosts.flatMap(({ vitals }) => vitals.map(({ figure }) => figure)),
  ];
  return [...new Set(figures.flatMap((figure) => figure.series))];
}

async function cpuWhile(pid: number, work: () => Promise<void>) {
  const before = readUsage(pid);
  await work();
  const after = readUsage(pid);
  return { cpuMs: after.cpuMs - before.cpuMs, wallMs: after.at - before.at };
}
type Spent = Awaited<ReturnType<typeof cpuWhile>>;

/** What was spent on top of what it uses when nobody asks. */
const cpuOver = (busy: Spent, quiet: Spent) => busy.cpuMs - (quiet.cpuMs / quiet.wallMs) * busy.wallMs;
