import { join } from "node:path";
import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { DAY_MS, HOUR_MS } from "../metrics/grid";
import type { Stores } from "../open-stores";
import { exportArchive } from "./export-archive";
import { importInto, makeFolder, openFile, QUIET } from "./test-folder";
import { addConfiguration, addHistory, answersOf, DAY_0 } from "./test-installation";

async function exportOf(source: Stores, folder: string): Promise<string> {
  const file = join(folder, "a.unity");
  await exportArchive(source, { ...QUIET, file });
  return file;
}
const namesOf = async ({ connection: { db, schema } }: Stores) =>
  Object.fromEntries((await db.select().from(schema.plugins)).map(({ id, name }) => [id, name]));

test("a database with something in it is refused, and merged when that is wanted", async () => {
  const folder = await makeFolder();
  const source = await openFile(join(folder, "a.db"));
  await addHistory(source, await addConfiguration(source));
  const file = await exportOf(source, folder);
  const target = await openFile(join(folder, "b.db"));
  const { db, schema } = target.connection;
  const own = { plugin: "probe", host: "h", config: {}, intervalSeconds: 1, timeoutMs: 1, tags: [], createdAt: 1 };
  await db.insert(schema.plugins).values({ ...own, id: "own", name: "plain", updatedAt: 1 });
  await db.insert(schema.plugins).values({ ...own, id: "instance-1", name: "newer here", updatedAt: DAY_0 + DAY_MS });
  await db.insert(schema.plugins).values({ ...own, id: "instance-2", name: "older here", updatedAt: 1 });
  await db.insert(schema.settings).values({ key: "autostarted_plugins", value: ["other"] });
  await expect(importInto(target, file)).rejects.toThrow("the target has 3 instances already");
  const { renamed } = await importInto(target, file, { merge: true });
  expect(renamed).toEqual(["plain (2)"]);
  const names = await namesOf(target);
  expect(names).toMatchObject({ own: "plain", "instance-0": "plain (2)", "instance-1": "newer here" });
  expect(names["instance-2"]).toBe((await namesOf(source))["instance-2"]);
  const [kept] = await db.select().from(schema.settings).where(eq(schema.settings.key, "autostarted_plugins"));
  expect(kept?.value).toEqual(["other"]);
  const before = await answersOf(target);
  await importInto(target, file, { merge: true });
  expect(await answersOf(target), "once more changes nothing").toEqual(before);
});

test("samples that are there stay, and those that are missing are put between them", async () => {
  const folder = await makeFolder();
  const source = await openFile(join(folder, "a.db"));
  const [first = 0] = await addConfiguration(source);
  const at = Array.from({ length: 100 }, (_, index) => DAY_0 + index * HOUR_MS);
  source.store.write({ series: at.map(() => first), at, value: at.map((_, index) => index) });
  await source.store.flush();
  const file = await exportOf(source, folder);
  const target = await openFile(join(folder, "b.db"));
  // Numbered otherwise than there.
  const { db, schema } = target.connection;
  await db.insert(schema.metricSeries).values({ instanceId: "x", metric: "m", labels: {}, hash: "h", createdAt: 1 });
  const [facts] = await source.connection.db
    .select()
    .from(source.connection.schema.metricSeries)
    .where(eq(source.connection.schema.metricSeries.id, first));
  if (!facts) throw new Error("The series is not there.");
  const { id: _, ...row } = facts;
  await db.insert(schema.metricSeries).values(row);
  const [mine] = await db.select().from(schema.metricSeries).where(eq(schema.metricSeries.hash, facts.hash));
  const series = mine?.id ?? 0;
  expect(series).not.toBe(first);
  target.store.write({ series: [series, series], at: [DAY_0 + HOUR_MS, DAY_0 + 1], value: [-1, -2] });
  await target.store.flush();
  await importInto(target, file, { merge: true });
  const samples: number[] = [];
  for await (const batch of target.store.export({ series: [series], from: 0, to: DAY_0 * 2 }))
    samples.push(...batch.value);
  expect(samples).toEqual([0, -2, -1, ...Array.from({ length: 98 }, (__, index) => index + 2)]);
});
