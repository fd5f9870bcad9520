import { readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { readFencedBlocks } from "../../../scripts/docs/fenced-blocks";
import { ROOT } from "../../../scripts/docs/list-pages";
import { type Running, startProcess } from "../../../scripts/services/start-process";
import { findProgram } from "../../../scripts/stores/find-program.mjs";
import { freePort, openServed } from "../test-matrix";

/** What the real Prometheus writes here, and what both say of it afterwards. Debian's 2.42 speaks remote write 1.0. */
const prometheus = findProgram("prometheus");

const SERIES = 10_000;
const SECONDS = 60;
const LONGEST_MS = 300_000;

if (prometheus) describe("Prometheus writes", () => proveWrite(prometheus));
else test.skip("Prometheus writes, skipped: it is not installed. npm run test:stores installs it.");

const Matrix = z.object({
  data: z.object({
    result: z.array(
      z.object({
        metric: z.record(z.string(), z.string()),
        /** At one instant, or of a window. */
        value: z.tuple([z.number(), z.string()]).optional(),
        values: z.array(z.tuple([z.number(), z.string()])).optional(),
      }),
    ),
  }),
});
const Ranged = z.object({
  from: z.number(),
  stepMs: z.number(),
  lines: z.array(z.object({ labels: z.record(z.string(), z.string()), avg: z.array(z.number().nullable()) })),
});

/** Half of them gauges that swing, half counters that grow, each by a number of its own. */
function page(startedAt: number): string {
  const seconds = (Date.now() - startedAt) / 1_000;
  const lines = ["# TYPE load_bytes gauge"];
  for (let n = 0; n < SERIES / 2; n += 1) lines.push(`load_bytes{n="${n}"} ${n + Math.round(100 * Math.sin(seconds))}`);
  lines.push("# TYPE work_total counter");
  for (let n = 0; n < SERIES / 2; n += 1) lines.push(`work_total{n="${n}"} ${Math.round(seconds * 1_000) * (n + 1)}`);
  return `${lines.join("\n")}\n`;
}

function proveWrite(program: string): void {
  let served: Awaited<ReturnType<typeof openServed>>;
  let target: Server;
  let folder = "";
  let running: Running;
  let api = "";
  let token = "";
  let instanceId = "";

  beforeAll(async () => {
    served = await openServed();
    const { unity } = served;
    const [ada] = await unity.accounts.people.list();
    const make = (name: string, scope: "send" | "read") =>
      unity.accounts.tokens.create(ada?.id ?? "", { name, scopes: [scope], tags: null, expiresInDays: null });
    token = (await make("reader", "read")).secret;
    const config = { maxSeries: SERIES + 100 };
    instanceId = (await unity.instances.create({ plugin: "pushed-metrics", name: "prometheus", config })).id;
    const startedAt = Date.now();
    target = createServer((_, response) => response.end(page(startedAt))).listen(0, "127.0.0.1");
    await new Promise((listening) => target.once("listening", listening));
    folder = await mkdtemp(join(tmpdir(), "unity-remote-write-"));
    const to = { url: served.url, secret: (await make("prometheus", "send")).secret };
    await writeFile(join(folder, "prometheus.yml"), writeConfig((target.address() as AddressInfo).port, to));
    const port = await freePort();
    api = `http://127.0.0.1:${port}`;
    unity.start();
    const args = [
      `--config.file=${join(folder, "prometheus.yml")}`,
      `--storage.tsdb.path=${join(folder, "data")}`,
      `--web.listen-address=127.0.0.1:${port}`,
    ];
    const env = { PATH: process.env.PATH ?? "" };
    running = await startProcess(program, args, { env, port, ready: /Server is ready to receive web requests/ });
  }, 90_000);
  afterAll(async () => {
    await running?.stop();
    target?.close();
    await served?.close();
    await rm(folder, { recursive: true, force: true });
  });

  const query = async (text: string) => {
    const answer = await fetch(`${api}/api/v1/query?query=${encodeURIComponent(text)}`);
    return Matrix.parse(await answer.json()).data.result;
  };
  const figure = async (name: string) => {
    const text = await (await fetch(`${api}/metrics`)).text();
    const lines = text.split("\n").filter((line) => line.startsWith(`${name}{`));
    return lines.reduce((sum, line) => sum + Number(line.split(" ").at(-1)), 0);
  };
  async function range(metric: string, n: number, from: number, to: number) {
    const window = `from=${from}&to=${to}&maxPoints=500`;
    const path = `/api/v1/metrics/range?instance=${instanceId}&metrics=${metric}&where[n]=${n}&${window}`;
    const answer = await fetch(`${served.url}${path}`, { headers: { authorization: `Bearer ${token}` } });
    const { from: start, stepMs, lines } = Ranged.parse(await answer.json());
    expect(stepMs).toBe(1_000);
    return new Map(
      lines.flatMap(({ avg }) =>
        avg.flatMap((value, at) => (value === null ? [] : [[start + at * stepMs, value]])),
      ) as [number, number][],
    );
  }

  test(
    `${SERIES} samples a second for a minute, every one of them, with the same values in both`,
    async () => {
      const { unity } = served;
      const ids = () =>
        unity.series.ofInstance(instanceId).flatMap(({ id, metric }) => (/^(load|work)_/.test(metric) ? [id] : []));
      const newest = () => unity.store.latest(ids()).map(({ at }) => at);
      // From its second total on each has a rate.
      await vi.waitFor(() => expect(newest().length).toBeGreaterThanOrEqual(SERIES), {
        timeout: 60_000,
        interval: 200,
      });
      const from = Date.now();
      await pause(SECONDS * 1_000);
      const to = Date.now();
      await vi.waitFor(() => expect(Math.min(...newest())).toBeGreaterThanOrEqual(to), {
        timeout: 60_000,
        interval: 200,
      });
      expect(await figure("prometheus_remote_storage_samples_failed_total")).toBe(0);
      expect(await figure("prometheus_remote_storage_samples_dropped_total")).toBe(0);
      const plugin = unity.registry.get("pushed-metrics");
      if (!plugin) throw new Error("The plugin is not there.");
      const came = unity.receiver.received(instanceId, plugin);
      expect(Object.values(came.refused)).toEqual([0, 0, 0, 0, 0]);
      // It was failing until something came.
      expect(unity.ledger.status(instanceId)).toMatchObject({ health: "healthy", reason: null });
      const counts = await unity.store.window({ series: ids(), from: to - SECONDS * 1_000, to });
      const counted = counts.reduce((sum, { count }) => sum + count, 0);
      const countOf = (metric: string) => `sum(count_over_time(${metric}[${SECONDS}s] @ ${to / 1_000}))`;
      const [theirs] = await query(`${countOf("load_bytes")} + ${countOf("work_total")}`);
      expect(counted).toBe(Number(theirs?.value?.[1]));
      // One scrape may be late, or longer than a second.
      expect(counted).toBeGreaterThanOrEqual(SERIES * (SECONDS - 5));

      // Whole seconds, as the points of a range are.
      const [start, end] = [second(from) + 1_000, second(to)];
      for (const n of [0, 1, 2_500, SERIES / 2 - 1]) {
        const [gauge] = await query(`load_bytes{n="${n}"}[5m]`);
        const kept = await range("load_bytes", n, start, end);
        const theirs = inWindow(gauge?.values, start, end);
        expect(theirs.size).toBeGreaterThan(SECONDS / 2);
        expect(kept).toEqual(theirs);

        const [counter] = await query(`work_total{n="${n}"}[5m]`);
        const rates = await range("work_total", n, start, end);
        const totals = [...(counter?.values ?? [])].map(([at, value]) => [at * 1_000, Number(value)] as const);
        for (const [index, [at, value]] of totals.entries()) {
          const [beforeAt, before] = totals[index - 1] ?? [0, 0];
          const rate = rates.get(second(at));
          if (index === 0 || rate === undefined || at < start || at >= end) continue;
          expect(rate).toBeCloseTo((value - before) / ((at - beforeAt) / 1_000), 6);
        }
        expect(rates.size).toBe(theirs.size);
      }
    },
    LONGEST_MS,
  );
}

/** Scraped each second, so that each second has one. */
const inWindow = (values: readonly (readonly [number, string])[] = [], from: number, to: number) =>
  new Map(
    values.flatMap(([at, value]) => {
      const isIn = at * 1_000 >= from && at * 1_000 < to;
      return isIn ? [[second(at * 1_000), Number(value)] as const] : [];
    }),
  );
const second = (at: number) => Math.floor(at / 1_000) * 1_000;

/** What docs/push.md says, with the address and the token put in. */
function writeConfig(port: number, { url, secret }: { url: string; secret: string }): string {
  const blocks = readFencedBlocks(readFileSync(join(ROOT, "docs/push.md"), "utf8"));
  const block = blocks.find(({ text }) => text.startsWith("remote_write:"))?.text ?? "";
  const written = block.replace("http://unity.lan:3000", url).replace("unity_...", secret);
  expect(written).toContain(secret);
  return `
global:
  scrape_interval: 1s
  scrape_timeout: 1s
scrape_configs:
  - job_name: load
    static_configs:
      - targets: ["127.0.0.1:${port}"]
${written}`;
}
