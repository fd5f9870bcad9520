import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { describeWith } from "../../scripts/stores/describe-with";
import { type DatabasePlace, parseDatabaseUrl, placeOfFile } from "../db/database-place";
import { createMysqlDatabase, createPostgresDatabase } from "../db/test-servers";
import { readEnv } from "../env";
import { parseMetricsUrl } from "../metrics/victoriametrics/metrics-url";
import { addConfiguration, addHistory, answersOf, DAY_0 } from "../move/test-installation";
import { openStores, openStoresToRead, type Stores } from "../open-stores";
import { readInstant } from "./open-backup";
import { openInstant } from "./open-instant";
import { saveFile } from "./save-file";
import { addNotifying, encryptAll, KEY_ONE, unity } from "./test-backups";

type Kind = "sqlite" | "postgres" | "mysql" | "timescale";
const SERVERS = ["postgres", "mysql", "timescale"] as const;
const urlOf = (kind: Kind) => process.env[`TEST_${kind.toUpperCase()}_URL`];
const isWasm = process.env.TEST_TIMESCALE_WASM === "1";
/** Adding them up takes minutes there. */
const daysOn = (kinds: readonly Kind[]) => (isWasm && kinds.includes("timescale") ? 30 : 400);

/** Databases of a test's own, gone after it. */
async function withPlaces(
  work: (make: (kind: Kind, name: string) => Promise<DatabasePlace>, folder: string) => Promise<void>,
) {
  const folder = await mkdtemp(join(tmpdir(), "unity-backup-"));
  const drops: (() => Promise<void>)[] = [];
  const make = async (kind: Kind, name: string): Promise<DatabasePlace> => {
    if (kind === "sqlite") return placeOfFile(join(folder, `${name}.db`));
    const create = kind === "mysql" ? createMysqlDatabase : createPostgresDatabase;
    const { url, drop } = await create(urlOf(kind) ?? "");
    drops.push(drop);
    return parseDatabaseUrl(url);
  };
  try {
    await work(make, folder);
  } finally {
    for (const drop of drops) await drop();
    await rm(folder, { recursive: true, force: true });
  }
}
const addressOf = (place: DatabasePlace) => (place.kind === "sqlite" ? `sqlite:${place.file}` : place.url);

async function closeAll({ store, close }: Stores): Promise<void> {
  await store.close();
  await close();
}

/** Goes on until it is told to stop: instances with what belongs to them come and go, samples of all series at once. */
function keepWriting({ connection: { db, schema }, store }: Stores, series: readonly number[]) {
  let stopping = false;
  let rounds = 0;
  async function write(): Promise<void> {
    for (; !stopping; rounds++) {
      const id = `fleeting-${rounds}`;
      const at = DAY_0 + 12 * 3_600_000 + rounds * 1_000;
      const times = { createdAt: at, updatedAt: at };
      await db.transaction(async (tx) => {
        await tx.insert(schema.plugins).values({
          ...{
            id,
            plugin: "probe",
            name: id,
            host: "h",
            config: {},
            intervalSeconds: 1,
            timeoutMs: 1,
            tags: [],
            ...times,
          },
        });
        await tx.insert(schema.pluginStatus).values({ instanceId: id, health: "healthy", since: at });
      });
      if (rounds % 3 === 2) await db.delete(schema.plugins);
      store.write({ series, at: series.map(() => at), value: series.map((one) => one + rounds) });
      await store.flush();
      if (rounds % 10 === 9) await store.rollUp(at);
    }
  }
  const writing = write();
  return {
    rounds: () => rounds,
    async stop() {
      stopping = true;
      await writing;
    },
  };
}

async function restored(file: string, place: DatabasePlace, env: Record<string, string>): Promise<unknown> {
  await unity(["restore", file, "--to", addressOf(place)], env);
  const stores = await openStoresToRead(place);
  try {
    return await answersOf(stores);
  } finally {
    await closeAll(stores);
  }
}

/** @param isQuiet nothing is written meanwhile */
async function provePlace(kind: Kind, isQuiet: boolean): Promise<void> {
  await withPlaces(async (make, folder) => {
    const others = (["sqlite", ...SERVERS] as const).filter((one) => one !== kind && (one === "sqlite" || urlOf(one)));
    // TimescaleDB takes the longest: from one is enough.
    const targets = others.filter((one) => one !== "timescale" || kind === "mysql");
    const env = { UNITY_DATA: folder, UNITY_SECRET_KEY: KEY_ONE };
    const place = await make(kind, "source");
    const source = await openStores(place);
    const series = await addConfiguration(source);
    await addNotifying(source);
    await addHistory(source, series, daysOn([kind, ...targets]));
    await encryptAll(source, env);
    if (isQuiet) await source.store.flush();
    const writer = isQuiet ? undefined : keepWriting(source, series);
    await expect.poll(() => writer?.rounds() ?? 9).toBeGreaterThan(5);

    const installation = { database: place, metrics: undefined, keys: readEnv(env).keys, plugin: () => undefined };
    const wanted = { secrets: { kind: "kept" }, runs: true } as const;
    const file = join(folder, "a.unity");
    const begun = writer?.rounds() ?? 0;
    // Under writes the database goes on, and what was opened stays; at rest both say the same, but WebAssembly has one session for both.
    const asked = isQuiet ? await answersOf(source) : undefined;
    const instant = await openInstant(installation, wanted);
    const before = asked ?? (await answersOf(instant as unknown as Stores));
    const backup = await readInstant(instant, installation, wanted);
    await saveFile(file, backup.bytes());
    if (!isQuiet) expect(await answersOf(instant as unknown as Stores), "as it was at that instant").toEqual(before);
    await backup.close();
    if (writer) expect(writer.rounds()).toBeGreaterThan(begun);
    await writer?.stop();
    await closeAll(source);

    for (const target of targets)
      expect(await restored(file, await make(target, `to-${target}`), env), `into ${target}`).toEqual(before);
  });
}

describe("backups while Unity writes", () => {
  test("of SQLite, into each server", () => provePlace("sqlite", false), 240_000);
});
for (const kind of SERVERS)
  describeWith(kind, () => {
    // As WebAssembly everybody shares one session, and with it every transaction.
    const isQuiet = kind === "timescale";
    const how = isQuiet ? "a database that rests" : "one that is written to";
    test(
      `${how} is backed up, and put back into each other one with the same answers`,
      () => provePlace(kind, isQuiet),
      240_000,
    );
  });

describeWith("victoriametrics", (url) => {
  test("samples that are elsewhere are read there, up to the instant", () =>
    withPlaces(async (make, folder) => {
      const env = { UNITY_DATA: folder, UNITY_SECRET_KEY: KEY_ONE };
      const [place, target] = [await make("sqlite", "source"), await make("sqlite", "target")];
      const source = await openStores(place, { metrics: { place: parseMetricsUrl(`victoriametrics:${url}`) } });
      const series = await addConfiguration(source);
      const [at, late] = [Date.now() - 60_000, Date.now() + 3_600_000];
      for (const instant of [at, at + 1_000, late])
        source.store.write({ series, at: series.map(() => instant), value: series.map((one) => one + 0.5) });
      await source.store.flush();
      await encryptAll(source, env);
      const file = join(folder, "a.unity");
      const from = { ...env, DATABASE_URL: addressOf(place), METRICS_URL: `victoriametrics:${url}` };
      const kept = () => unity(["backup", file], from).then(({ outcome }) => outcome.samples);
      expect(await kept()).toBe(2 * series.length);
      await closeAll(source);
      await restored(file, target, env);
      const stores = await openStoresToRead(target);
      const latest = stores.store.latest(series);
      expect(latest.map((one) => [one.at, one.value])).toEqual(series.map((one) => [at + 1_000, one + 0.5]));
      await closeAll(stores);
    }));
});
