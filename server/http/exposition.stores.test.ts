import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { type Running, startProcess } from "../../scripts/services/start-process";
import { findProgram } from "../../scripts/stores/find-program.mjs";
import { exposedName, familyHeader, labelText, sampleLine } from "../describe/exposition";
import { freePort, openServed } from "./test-matrix";

/** What Prometheus' own tools and server say of the page. */
const prometheus = findProgram("prometheus");
const promtool = findProgram("promtool");

const Answer = z.object({
  data: z.object({
    result: z.array(z.object({ metric: z.record(z.string(), z.string()), value: z.tuple([z.number(), z.string()]) })),
  }),
});

if (prometheus && promtool) describe("with Prometheus", () => proveExposition(prometheus, promtool));
else test.skip("with Prometheus, skipped: it is not installed. npm run test:stores installs it.");

function proveExposition(server: string, tool: string): void {
  let served: Awaited<ReturnType<typeof openServed>>;
  let folder = "";
  let running: Running;
  let api = "";
  let token = "";

  beforeAll(async () => {
    served = await openServed();
    const [ada] = await served.unity.accounts.people.list();
    const draft = { name: "prometheus", scopes: ["read" as const], tags: null, expiresInDays: null };
    token = (await served.unity.accounts.tokens.create(ada?.id ?? "", draft)).secret;
    served.unity.start();
    await vi.waitFor(() => expect(served.unity.tally.totals().samples).toBeGreaterThan(100), { timeout: 20_000 });
    folder = await mkdtemp(join(tmpdir(), "unity-prometheus-"));
    await writeFile(join(folder, "prometheus.yml"), scrapeConfig(served.url, token));
    const port = await freePort();
    api = `http://127.0.0.1:${port}/api/v1`;
    const args = [
      `--config.file=${join(folder, "prometheus.yml")}`,
      `--storage.tsdb.path=${join(folder, "data")}`,
      `--web.listen-address=127.0.0.1:${port}`,
    ];
    const env = { PATH: process.env.PATH ?? "" };
    running = await startProcess(server, args, { env, port, ready: /Server is ready to receive web requests/ });
  }, 90_000);
  afterAll(async () => {
    await running?.stop();
    await served?.close();
    await rm(folder, { recursive: true, force: true });
  });

  const get = async (accept: string) =>
    fetch(`${served.url}/metrics`, { headers: { accept, authorization: `Bearer ${token}` } });
  const query = async (text: string) => {
    const answer = await fetch(`${api}/query?query=${encodeURIComponent(text)}`);
    return Answer.parse(await answer.json()).data.result;
  };
  const valuesOf = async (text: string) => (await query(text)).map(({ value: [, value] }) => Number(value));

  /** @returns what promtool says; nothing is fine */
  function check(page: string): Promise<string> {
    return new Promise((resolve) => {
      const child = execFile(tool, ["check", "metrics"], (_, stdout, stderr) => resolve(stdout + stderr));
      child.stdin?.end(page);
    });
  }

  test("promtool has nothing to say of the page", async () => {
    const answer = await get("text/plain");
    expect(answer.headers.get("content-type")).toBe("text/plain; version=0.0.4; charset=utf-8");
    const page = await answer.text();
    expect(page).toContain("system_memory_total_bytes{");
    expect(await check(page)).toBe("");
  });

  test("nor of any metric that a plugin declares, whatever its labels hold", async () => {
    const metrics = served.unity.registry.all().flatMap((plugin) => Object.entries(plugin.metrics));
    const families = metrics.map(([metric, { kind, description: help, labels: names = [] }]) => {
      const type = kind === "share" ? "gauge" : kind;
      const labels = Object.fromEntries(names.map((name) => [name, `C:\\ "${name}"\n} 1 \\`]));
      const name = exposedName(metric);
      return familyHeader({ name, type, help }, "prometheus") + sampleLine(name, labelText(labels), Number.NaN);
    });
    expect(families.length).toBeGreaterThan(900);
    expect(await check(families.join(""))).toBe("");
    // It would say something of a page that is not as it should be.
    expect(await check(sampleLine("a_count", "", 1))).not.toBe("");
  });

  test("Prometheus scrapes it with a token, as OpenMetrics, and has the same values", async () => {
    await expect.poll(() => valuesOf('up{job="unity"}'), { timeout: 30_000 }).toEqual([1]);
    const openMetrics = "application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5,*/*;q=0.1";
    const answer = await get(openMetrics);
    expect(answer.headers.get("content-type")).toBe("application/openmetrics-text; version=1.0.0; charset=utf-8");
    expect(await answer.text()).toMatch(/\n# EOF\n$/);

    const { unity } = served;
    const instance = unity.instances.list().find(({ plugin }) => plugin === "system-info");
    const series = unity.series
      .ofInstance(instance?.id ?? "")
      .find(({ metric }) => metric === "system_memory_total_bytes");
    const [latest] = unity.store.latest([series?.id ?? 0]);
    const where = { instance: instance?.name, plugin: "system-info", host: instance?.host, job: "unity" };
    const [found] = await query("system_memory_total_bytes");
    expect(found?.metric).toEqual({ __name__: "system_memory_total_bytes", ...where });
    expect(Number(found?.value[1])).toBe(latest?.value);
    expect(await valuesOf('unity_build_info{version!=""}')).toEqual([1]);
  });

  test("a counter is one there, and grows", async () => {
    const metadata = await (await fetch(`${api}/metadata?metric=system_context_switches_total`)).json();
    const named = await (await fetch(`${api}/metadata?metric=system_context_switches`)).json();
    expect(JSON.stringify([metadata, named])).toContain('"type":"counter"');
    const first = (await valuesOf("unity_runs_total")).reduce((sum, value) => sum + value, 0);
    await expect
      .poll(async () => (await valuesOf("sum(unity_runs_total)"))[0], { timeout: 60_000 })
      .toBeGreaterThan(first);
    const [switches = 0] = await valuesOf("system_context_switches_total");
    expect(switches).toBeGreaterThan(1_000);
  });

  test("what Unity reads from an exporter is scraped on, under the names that it has there", async () => {
    const { unity } = served;
    const config = { url: new URL("/metrics", api).href };
    const instance = await unity.instances.create({ plugin: "prometheus", name: "Itself", host: "lab", config });
    const where = '{plugin="prometheus",instance="Itself",host="lab"}';
    await expect.poll(() => valuesOf(`prometheus_build_info${where}`), { timeout: 30_000 }).toEqual([1]);
    unity.runNow(instance);
    await expect.poll(() => valuesOf(`count(go_memstats_alloc_bytes_total${where})`), { timeout: 30_000 }).toEqual([1]);
    // Both have a process that began: Unity's own keeps its name.
    expect(await valuesOf("process_start_time_seconds")).toHaveLength(1);
    expect(await valuesOf(`exported_process_start_time_seconds${where}`)).toHaveLength(1);
    expect(await check(await (await get("text/plain")).text())).toBe("");
  });

  test("without a token it is not let in, and nothing of all this is a warning in its log", async () => {
    await expect.poll(() => valuesOf('up{job="stranger"}'), { timeout: 30_000 }).toEqual([0]);
    const targets = await (await fetch(`${api}/targets`)).text();
    expect(targets).toContain("401 Unauthorized");
    expect(
      running
        .output()
        .split("\n")
        .filter((line) => /level=(warn|error)/.test(line)),
    ).toEqual([]);
  });
}

const scrapeConfig = (url: string, token: string) => `
global:
  scrape_interval: 1s
scrape_configs:
  - job_name: unity
    honor_labels: true
    authorization:
      credentials: ${token}
    static_configs:
      - targets: ["${new URL(url).host}"]
  - job_name: stranger
    static_configs:
      - targets: ["${new URL(url).host}"]
`;
