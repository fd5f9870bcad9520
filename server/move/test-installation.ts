import { asc } from "drizzle-orm";
import { DAY_MS, HOUR_MS } from "../metrics/grid";
import { hashLabels } from "../metrics/series";
import { seriesKey, sortLabels } from "../metrics/series-key";
import type { Stores } from "../open-stores";
import { listTables } from "./tables";

/** 2026-11-24 00:00 UTC, a whole day. */
export const DAY_0 = 1_795_478_400_000;
const NOW = DAY_0 + 10 * HOUR_MS + 17_000;

/** Names as anybody may give them. */
const HOSTILE = [
  "plain",
  "Robert'); drop table plugins; --",
  '"quoted" \\ back\\slash',
  "naïve ☃ 🏠 \u202e",
  "two\nlines\ttab",
  "space at the end ",
  "Case",
  "case",
];

/** An instance for each name, each with its own series. */
export async function addConfiguration({ connection: { db, schema } }: Pick<Stores, "connection">): Promise<number[]> {
  for (const [index, name] of HOSTILE.entries()) {
    const instance = { id: `instance-${index}`, plugin: "probe", name, host: name.trim() };
    await db.insert(schema.plugins).values({
      ...instance,
      enabled: index % 2 === 0,
      config: { url: `http://${index}`, password: name, deep: { list: [1, null, name] } },
      intervalSeconds: 10,
      timeoutMs: 5_000,
      tags: [name],
      createdAt: DAY_0 + index,
      updatedAt: DAY_0 + 1_000 + index,
    });
    await db
      .insert(schema.pluginStatus)
      .values({ instanceId: instance.id, health: "healthy", since: DAY_0, message: name });
    await db
      .insert(schema.pluginInventory)
      .values({ instanceId: instance.id, at: DAY_0, snapshot: { facts: { name } } });
    await db.insert(schema.pluginExecutions).values({
      id: `run-${index}`,
      instanceId: instance.id,
      startedAt: DAY_0,
      durationMs: 12,
      outcome: "ok",
      readings: 1,
      refused: 0,
      attempts: 1,
      remarks: [name],
    });
    for (const item of ["a", name]) {
      const labels = { item, another: name };
      const hash = hashLabels(seriesKey("load", sortLabels(labels)));
      await db
        .insert(schema.metricSeries)
        .values({ instanceId: instance.id, metric: "load", labels, hash, createdAt: DAY_0 });
    }
  }
  await db.insert(schema.settings).values({ key: "autostarted_plugins", value: ["probe"] });
  const rows = await db
    .select({ id: schema.metricSeries.id })
    .from(schema.metricSeries)
    .orderBy(asc(schema.metricSeries.id));
  return rows.map(({ id }) => id);
}

/**
 * Samples of 400 days up to `NOW`, or so many, of which only the last 20 days are kept as such; and of one series nothing but
 * what is rolled up. Of two series they are kept shorter still.
 */
export async function addHistory(
  { store }: Pick<Stores, "store">,
  series: readonly number[],
  days = 400,
): Promise<void> {
  const first = DAY_0 - days * DAY_MS;
  for (const [index, id] of series.entries()) {
    const until = index === 3 ? DAY_0 - 100 * DAY_MS : NOW;
    const at: number[] = [];
    for (let instant = first + index * 1_000; instant < until; instant += 1.5 * HOUR_MS) at.push(instant);
    // In quarters, so that sums are exact in whatever order they are made.
    const value = at.map((_, step) => Math.round(Math.sin(step / 10 + index) * 400) / 4 + (step % 400 === 0 ? 1e6 : 0));
    store.write({ series: at.map(() => id), at, value });
  }
  await store.flush();
  await store.rollUp(NOW);
  const shorter = new Map(series.slice(1, 3).map((id, index) => [id, (5 + index) * DAY_MS]));
  await store.prune(NOW, { rawMs: 20 * DAY_MS, hourlyMs: 300 * DAY_MS, dailyMs: 390 * DAY_MS }, shorter);
}

/** Everything that can be asked of an installation, by the names of its series: the same of two that are alike. */
export async function answersOf({ connection, store }: Pick<Stores, "connection" | "store">): Promise<unknown> {
  const { db, schema } = connection;
  const answers: Record<string, unknown> = {};
  for (const { name, table, keyColumn } of listTables(schema)) {
    const rows = await db.select().from(table).orderBy(asc(keyColumn));
    const isSeries = table === schema.metricSeries;
    answers[name] = sortRows(isSeries ? rows.map((row) => ({ ...row, id: 0 })) : rows);
  }
  const series = await db.select().from(schema.metricSeries);
  for (const { id, instanceId, hash } of series) answers[`${instanceId} ${hash}`] = await answersOfSeries(store, id);
  return answers;
}

async function answersOfSeries(store: Stores["store"], id: number) {
  const from = DAY_0 - 410 * DAY_MS;
  const ranges = [];
  for (const [start, maxPoints] of [
    [from, 400],
    [from, 40],
    [DAY_0 - 250 * DAY_MS, 6_000],
    [DAY_0 - 30 * DAY_MS, 720],
    [DAY_0 - 9 * DAY_MS, 20_000],
    [DAY_0 - DAY_MS, 1_000],
  ] as const) {
    const range = await store.range({ series: [id], from: start, to: NOW, maxPoints });
    ranges.push({ ...range, series: range.series.map((one) => ({ ...one, series: 0 })) });
  }
  const windows = [];
  for (const [start, end] of [
    [from, NOW],
    [DAY_0 - 200 * DAY_MS + 5, DAY_0 - 3 * DAY_MS],
    [DAY_0 - 5 * DAY_MS + 1, NOW],
  ] as const)
    windows.push(...(await store.window({ series: [id], from: start, to: end })).map((one) => ({ ...one, series: 0 })));
  const samples: number[][] = [];
  for await (const { at, value } of store.export({ series: [id], from: 0, to: Number.MAX_SAFE_INTEGER }))
    at.forEach((instant, index) => {
      samples.push([instant, value[index] ?? 0]);
    });
  const latest = store.latest([id]).map((one) => ({ ...one, series: 0 }));
  return { ranges, windows, samples, latest };
}

const sortRows = (rows: readonly Record<string, unknown>[]) => rows.map((row) => JSON.stringify(sortKeys(row))).sort();

/** A database may give the keys of JSON in an order of its own. */
function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, entry]) => [key, sortKeys(entry)]));
}
