import { once } from "node:events";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { placeOfFile } from "../db/database-place";
import { readEnv } from "../env";
import { createLog } from "../log";
import { closeFile, makeFolder, openFile } from "../move/test-folder";
import { openUnity } from "../open-unity";
import { type BackupStream, createBackups } from "./backups";
import { saveFile } from "./save-file";
import { KEY_ONE, makeInstallation, unity as run } from "./test-backups";

const KEPT = { secrets: { kind: "kept" }, runs: false } as const;

async function startUnity() {
  const folder = await makeFolder();
  const env = { UNITY_DATA: join(folder, "data") };
  const unity = await openUnity(readEnv(env), createLog("silent"));
  onTestFinished(() => unity.stop(1_000));
  if (!unity.backups) throw new Error("It knows no place.");
  return { folder, env, unity, backups: unity.backups };
}

test("a Unity that runs is downloaded with all that it collected until then", async () => {
  const { folder, env, unity, backups } = await startUnity();
  unity.start();
  const [first] = unity.instances.list();
  expect(first).toBeDefined();
  const series = () => unity.series.ofInstance(first?.id ?? "").map(({ id }) => id);
  await expect.poll(() => unity.store.latest(series()).length, { timeout: 20_000 }).toBeGreaterThan(3);
  const before = unity.store.latest(series());
  const { name, bytes, totals } = await backups.open(KEPT);
  expect(name).toMatch(/^unity-backup-.+\.unity$/);
  const file = join(folder, name);
  await saveFile(file, bytes);
  expect(totals()?.samples).toBeGreaterThanOrEqual(before.length);

  const { outcome } = await run(["restore", file, "--to", `sqlite:${join(folder, "b.db")}`], env);
  expect(outcome.samples).toBe(totals()?.samples);
  const copy = await openFile(join(folder, "b.db"));
  const { db, schema } = copy.connection;
  const ids = (await db.select({ id: schema.plugins.id }).from(schema.plugins)).map(({ id }) => id);
  expect(ids.toSorted()).toEqual(
    unity.instances
      .list()
      .map(({ id }) => id)
      .toSorted(),
  );
  const rows = await db.select().from(schema.metricSeries);
  const instants = copy.store.latest(rows.map(({ id }) => id)).map(({ at }) => at);
  expect(Math.max(...instants)).toBeGreaterThanOrEqual(Math.max(...before.map(({ at }) => at)));
  await closeFile(copy);
}, 60_000);

test("one at a time; one that is given up, begun or not, lets the next one in", async () => {
  const { backups } = await startUnity();
  const first = await backups.open(KEPT);
  await expect(backups.open(KEPT)).rejects.toMatchObject({ code: "too_many" });
  first.bytes.destroy();
  /** Ended a moment after it was given up. */
  const again = async () => {
    const opened: BackupStream[] = [];
    const tried = () =>
      backups.open(KEPT).then(
        (one) => opened.push(one),
        () => 0,
      );
    await expect.poll(tried).toBe(1);
    return opened[0] ?? first;
  };
  const second = await again();
  second.bytes.once("data", () => second.bytes.destroy());
  await once(second.bytes, "close");
  (await again()).bytes.destroy();
}, 60_000);

test("whoever takes nothing any more holds it open for no longer than a while", async () => {
  const folder = await makeFolder();
  const env = { UNITY_DATA: folder, UNITY_SECRET_KEY: KEY_ONE };
  await makeInstallation(join(folder, "a.db"), env);
  const installation = {
    ...{ database: placeOfFile(join(folder, "a.db")), metrics: undefined },
    ...{ keys: readEnv(env).keys, plugin: () => undefined },
  };
  const store = { flush: async () => Promise.reject(new Error("The disk is full.")) };
  const said: string[] = [];
  const log = { info: () => undefined, warn: (_: object, line: string) => void said.push(line) };
  const backups = createBackups({ installation, store, log: log as never, stallMs: 1 });
  const { bytes } = await backups.open(KEPT);
  expect(String((await once(bytes, "error"))[0])).toContain("Nobody took the backup any more");
  expect(said).toEqual([
    expect.stringContaining("the newest samples are not in the backup"),
    "a backup ended before all of it was there",
  ]);
});
