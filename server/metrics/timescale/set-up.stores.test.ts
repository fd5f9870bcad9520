import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { describeWith } from "../../../scripts/stores/describe-with";
import type { Connection } from "../../db/database";
import { createPostgresDatabase } from "../../db/test-servers";
import { folders } from "../../places";
import { DAY_MS, HOUR_MS } from "../grid";
import { toBatch } from "../test-model";
import { DAY_0 } from "../test-subject";
import { detectTimescale } from "./detect";
import { planObjects } from "./plan-objects";
import { planPolicies } from "./plan-policies";
import { carryOut, setUpTimescale } from "./set-up";
import { connectPatiently } from "./test-connect";
import { openTimescaleStore } from "./timescale-store";
import { isAtLeast } from "./version";

// As WebAssembly, on a busy machine.
vi.setConfig({ testTimeout: 240_000 });

const options = { migrationsFolder: join(folders.migrations, "postgres") };
const RETENTION = { rawMs: 30 * DAY_MS, hourlyMs: 365 * DAY_MS, dailyMs: 5 * 365 * DAY_MS };

describeWith("timescale", (server) => {
  async function withDatabase(work: (connection: Connection) => Promise<void>): Promise<void> {
    const database = await createPostgresDatabase(server);
    const connection = await connectPatiently(database.url, options);
    try {
      await work(connection);
    } finally {
      await connection.close();
      await database.drop();
    }
  }
  const jobsOf = async ({ engine }: Connection) =>
    (
      await engine.query(
        "select job_id, proc_name from timescaledb_information.jobs where proc_name like 'policy%' and hypertable_name is not null order by job_id",
      )
    ).map(([id, name]) => ({ id: Number(id), name: String(name) }));

  test("what is missing is made, then everything is there already; what samples there are stay", () =>
    withDatabase(async (connection) => {
      const { engine } = connection;
      const first = await setUpTimescale(engine, { policies: RETENTION });
      expect(first.usable).toBe(true);
      expect(summary(first).outcomes).toEqual({ done: first.steps.length });
      await engine.transaction([{ sql: "insert into plugin_metrics values (now(), 1, 2)" }]);
      const jobs = await jobsOf(connection);
      expect(jobs).toHaveLength(8);
      const second = await setUpTimescale(engine, { policies: RETENTION });
      expect(summary(second).outcomes).toEqual({ already: first.steps.length });
      expect(await jobsOf(connection)).toEqual(jobs);
      expect(await engine.query("select value from plugin_metrics")).toEqual([[2]]);
    }));

  test("views name plugin, instance, host, metric and labels of samples, hours and days", () =>
    withDatabase(async ({ engine }) => {
      await setUpTimescale(engine, { policies: null });
      const at = DAY_0 + 90 * 60_000;
      await engine.transaction([
        {
          sql: `insert into plugins (id, plugin, name, host, config, interval_seconds, timeout_ms, tags, created_at, updated_at)
            values ('one', 'ping', 'Router', 'router.lan', '{}', 10, 5000, '[]', now(), now())`,
        },
        {
          sql: `insert into metric_series (instance_id, metric, labels, hash, created_at)
            values ('one', 'ping_seconds', '{"target": "1.1.1.1"}', 'h', now())`,
        },
      ]);
      const store = await openTimescaleStore(engine);
      const [[id] = []] = await engine.query("select id from metric_series");
      store.write({ series: [Number(id), Number(id)], at: [at, at + 1_000], value: [1, 3] });
      await store.flush();
      await store.rollUp(DAY_0 + 2 * DAY_MS);
      const named = `plugin, instance, host, metric, labels ->> 'target'`;
      const names = ["ping", "Router", "router.lan", "ping_seconds", "1.1.1.1"];
      const ask = (columns: string, view: string) =>
        engine.query(`select extract(epoch from time) * 1000, ${named}, ${columns} from ${view} order by time`);
      expect(await ask("value", "unity_samples")).toEqual([
        [at, ...names, 1],
        [at + 1_000, ...names, 3],
      ]);
      const figures = "count, avg, min, max, last";
      expect(await ask(figures, "unity_hourly")).toEqual([[DAY_0 + HOUR_MS, ...names, 2, 2, 1, 3, 3]]);
      expect(await ask(figures, "unity_daily")).toEqual([[DAY_0, ...names, 2, 2, 1, 3, 3]]);
      await store.close();
    }));

  test("a job that would drop too early is replaced, and only it", () =>
    withDatabase(async ({ engine }) => {
      await setUpTimescale(engine, { policies: RETENTION });
      const { steps } = await setUpTimescale(engine, { policies: { ...RETENTION, rawMs: 90 * DAY_MS } });
      expect(steps.filter(({ outcome }) => outcome === "done").map(({ step }) => step)).toEqual([
        "retention policy of plugin_metrics",
      ]);
    }));

  test.for(["2.11.0", "2.13.0", "2.18.0"])(
    "the words of version %s are understood by later ones, too",
    (version, context) =>
      withDatabase(async ({ engine }) => {
        await engine.transaction([{ sql: "create extension timescaledb" }]);
        const installed = (await detectTimescale(engine)).version ?? "";
        const [major = 0, minor = 0] = version.split(".").map(Number);
        if (!isAtLeast(installed, [major, minor])) context.skip(`the server has ${installed}`);
        for (const plan of [...planObjects(version), ...planPolicies(version, RETENTION)]) {
          const { outcome, detail } = await carryOut(engine, plan);
          expect(outcome, `${plan.step}: ${detail}`).toBe("done");
          expect((await carryOut(engine, plan)).outcome, plan.step).toBe("already");
        }
      }),
  );

  test("hours that came without their samples within the last days are not refreshed away by a job", () =>
    withDatabase(async ({ engine }) => {
      await setUpTimescale(engine, { policies: RETENTION });
      const countJobs = async () =>
        Number(
          (
            await engine.query(
              "select count(*) from timescaledb_information.jobs where proc_name = 'policy_refresh_continuous_aggregate'",
            )
          )[0]?.[0],
        );
      expect(await countJobs()).toBe(2);
      const now = Date.now();
      const store = await openTimescaleStore(engine);
      store.write({ series: [1], at: [now - 86_400_000], value: [1] });
      await store.rollUp(now);
      const starts = { rawFrom: 0, hourlyFrom: 0, dailyFrom: 0 };
      await store.rollups?.beginAt(starts, new Map([[1, now - 2 * 86_400_000]]));
      expect(await countJobs()).toBe(0);
      const { steps } = await setUpTimescale(engine, { policies: RETENTION });
      expect(steps.filter(({ step }) => step.startsWith("refresh policy")).map(({ outcome }) => outcome)).toEqual([
        "skipped",
        "skipped",
      ]);
      await store.forget([1]);
      await store.close();
      await setUpTimescale(engine, { policies: RETENTION });
      expect(await countJobs()).toBe(2);
    }));

  test("jobs roll up, compress and drop by themselves, and every answer stays as it was", () =>
    withDatabase(async (connection) => {
      const { engine } = connection;
      await setUpTimescale(engine, { policies: RETENTION });
      const now = Date.now();
      const store = await openTimescaleStore(engine, { policies: true });
      const samples = Array.from({ length: 35 * 24 }, (_, hour) => ({
        series: 1,
        at: Math.floor(now / HOUR_MS) * HOUR_MS - hour * HOUR_MS,
        value: hour,
      }));
      store.write(toBatch(samples));
      const question = { series: [1], from: now - 34 * DAY_MS, to: now, maxPoints: 40, minStepMs: DAY_MS };
      const before = await store.range(question);
      await store.rollUp(now);
      for (const { id } of await jobsOf(connection)) await engine.query(`call run_job(${id})`);
      const [compressed] = await engine.query(
        "select count(*) from timescaledb_information.chunks where is_compressed and hypertable_name = 'plugin_metrics'",
      );
      expect(Number(compressed?.[0])).toBeGreaterThan(25);
      expect((await store.range(question)).series).toEqual(before.series);
      await store.prune(now, RETENTION);
      expect((await store.range(question)).series).toEqual(before.series);
      await store.close();
    }));

  test("what a job dropped while nobody was there stays in the rollups", () =>
    withDatabase(async (connection) => {
      const { engine } = connection;
      await setUpTimescale(engine, { policies: RETENTION });
      const now = Date.now();
      const from = Math.floor(now / DAY_MS) * DAY_MS;
      const store = await openTimescaleStore(engine, { policies: true, now: () => now });
      const samples = Array.from({ length: 20 * 24 }, (_, hour) => ({
        series: 1,
        at: from - hour * HOUR_MS,
        value: hour,
      }));
      store.write(toBatch(samples));
      await store.rollUp(now);
      const question = { series: [1], from: from - 19 * DAY_MS, to: from, maxPoints: 40, minStepMs: DAY_MS };
      const before = await store.range(question);
      await store.close();
      // As the job would have done in half a year.
      const later = now + 180 * DAY_MS;
      const before37Days = `to_timestamp(${(later - 37 * DAY_MS) / 1_000})`;
      // A job that compresses may have begun meanwhile: of two that wait for each other one is refused, and tries again.
      await engine.transaction([{ sql: `select drop_chunks('plugin_metrics', older_than => ${before37Days})` }]);
      const opened = await openTimescaleStore(engine, { policies: true, now: () => later });
      await opened.rollUp(later);
      expect((await opened.range(question)).series).toEqual(before.series);
      await opened.close();
    }));
});

function summary({ steps }: { steps: readonly { outcome: string }[] }) {
  const outcomes: Record<string, number> = {};
  for (const { outcome } of steps) outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
  return { outcomes };
}
