import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { postgres } from "../../drizzle/dialects/postgres";
import { defineSchema } from "../../drizzle/schema";
import { version } from "../../package.json";
import { placeOfFile } from "../db/database-place";
import { readEnv } from "../env";
import { createLog } from "../log";
import { closeFile, makeFolder, openFile } from "../move/test-folder";
import { answersOf } from "../move/test-installation";
import { isSealed, keyIdOf } from "../vault/cipher";
import { listTexts } from "../vault/map-texts";
import { readSecretRows } from "../vault/secret-rows";
import { openBackupFile } from "./check-backup";
import { restoreBackup } from "./restore-backup";
import { encryptAll, KEY_ONE, KEY_TWO, makeInstallation, PASSPHRASE, secretsOf, unity } from "./test-backups";
import { unlockBackup } from "./unlock-backup";

async function makeHome({ history = false } = {}) {
  const folder = await makeFolder();
  const at = (name: string) => join(folder, `${name}.db`);
  const own = { UNITY_DATA: folder, UNITY_SECRET_KEY: KEY_ONE };
  const other = { UNITY_DATA: join(folder, "elsewhere"), UNITY_SECRET_KEY: KEY_TWO };
  const fresh = { UNITY_DATA: join(folder, "fresh") };
  await makeInstallation(at("a"), own, { history });
  return { folder, own, other, fresh, at, from: ["--from", `sqlite:${at("a")}`], file: join(folder, "a.unity") };
}
const NO_PASSPHRASE = () => Promise.reject(new Error("It wants none."));
const SECRETS = ["CHANNEL-TOKEN", "LINK-KEY", "hc.lab/BEAT", "PUSH-KEY", '"password":"R', PASSPHRASE];
const secretsIn = async (file: string) => {
  const text = await readFile(file, "latin1");
  return SECRETS.filter((secret) => text.includes(secret));
};

async function readAll<T>(
  file: string,
  read: (stores: Awaited<ReturnType<typeof openFile>>) => Promise<T>,
): Promise<T> {
  const stores = await openFile(file);
  try {
    return await read(stores);
  } finally {
    await closeFile(stores);
  }
}

test("kept under the key of this Unity: with it every answer is the same", async () => {
  const { folder, own, at, from, file } = await makeHome({ history: true });
  const { outcome, said } = await unity(["backup", file, ...from, "--runs"], own);
  expect(outcome).toMatchObject({ file, series: 16, secrets: { kind: "kept" }, notes: [], unity: version });
  expect(outcome.bytes).toBe((await stat(file)).size);
  expect(said).toBe("");
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect((await readdir(folder)).filter((name) => name.endsWith(".part"))).toEqual([]);
  expect(await secretsIn(file)).toEqual([]);
  const back = await unity(["restore", file, "--to", `sqlite:${at("b")}`], own);
  expect(back.outcome).toMatchObject({ series: 16, samples: outcome.samples, secrets: { kind: "kept" } });
  expect(await readAll(at("b"), answersOf)).toEqual(await readAll(at("a"), answersOf));
});

test("under a passphrase: another Unity reads them with that alone, and has them under its own key", async () => {
  const { own, other, at, from, file } = await makeHome();
  const given = { UNITY_BACKUP_PASSPHRASE: PASSPHRASE };
  const { outcome } = await unity(["backup", file, ...from], { ...own, ...given });
  expect(outcome.secrets).toEqual({ kind: "passphrase" });
  expect(await secretsIn(file)).toEqual([]);
  await unity(["restore", file, "--to", `sqlite:${at("b")}`], { ...other, ...given });
  const before = await readAll(at("a"), (stores) => secretsOf(stores, own));
  expect(JSON.stringify(before)).toContain("CHANNEL-TOKEN");
  expect(await readAll(at("b"), (stores) => secretsOf(stores, other))).toEqual(before);
  const ids = await readAll(at("b"), async ({ connection }) => {
    const texts = (await readSecretRows(connection)).flatMap(({ value }) => listTexts(value));
    return new Set(texts.flatMap(({ text }) => (isSealed(text) ? [keyIdOf(text)] : [])));
  });
  expect(ids.size).toBe(1);
});

test("a machine where Unity was never started gets a key of its own", async () => {
  const { own, fresh, at, from, file } = await makeHome();
  const given = { UNITY_BACKUP_PASSPHRASE: PASSPHRASE };
  await unity(["backup", file, ...from], { ...own, ...given });
  const { outcome } = await unity(["restore", file], { ...fresh, ...given });
  expect(outcome.notes).toEqual([expect.stringContaining("made the key that secrets are encrypted under")]);
  const before = await readAll(at("a"), (stores) => secretsOf(stores, own));
  expect(await readAll(join(fresh.UNITY_DATA, "unity.db"), (stores) => secretsOf(stores, fresh))).toEqual(before);
});

test("left out: nothing of them is in the file, everything else is", async () => {
  const { own, other, at, from, file } = await makeHome();
  await unity(["backup", file, ...from, "--secrets", "none"], own);
  expect(await secretsIn(file)).toEqual([]);
  expect((await readFile(file, "latin1")).match(/enc:v1:[0-9a-f]{12}:/)).toBeNull();
  const { outcome } = await unity(["restore", file, "--to", `sqlite:${at("b")}`], other);
  expect(outcome).toMatchObject({ secrets: { kind: "none" } });
  const found = await readAll(at("b"), (stores) => secretsOf(stores, other));
  expect(found).toMatchObject({
    "channel-1": { url: "https://gotify.lab", token: "" },
    "notify.settings": { heartbeat: { url: "", everySeconds: 60 } },
    "instance-1": { url: "", password: "", deep: { list: [1, null, ""] } },
  });
  expect(found).not.toHaveProperty("notify.key");
  expect(found).not.toHaveProperty("web_push_keys");
});

test("secrets that an earlier version left as they were entered are in no archive so", async () => {
  const { own, at, from, folder } = await makeHome();
  await readAll(at("a"), async ({ connection: { db, schema } }) => {
    await db.update(schema.channels).set({ config: { url: "https://gotify.lab", token: "CHANNEL-TOKEN" } });
  });
  for (const kind of ["kept", "none", "passphrase"]) {
    const file = join(folder, `${kind}.unity`);
    await unity(["backup", file, ...from, "--secrets", kind], { ...own, UNITY_BACKUP_PASSPHRASE: PASSPHRASE });
    expect(await secretsIn(file)).toEqual([]);
  }
});

test("any backup can be put back without its secrets, and then wants neither key nor passphrase", async () => {
  const { own, other, at, from, folder } = await makeHome();
  const env = { ...own, UNITY_BACKUP_PASSPHRASE: PASSPHRASE };
  for (const kind of ["kept", "passphrase"]) {
    const file = join(folder, `${kind}.unity`);
    await unity(["backup", file, ...from, "--secrets", kind], env);
    await unity(["restore", file, "--to", `sqlite:${at(kind)}`, "--without-secrets"], other);
    const found = await readAll(at(kind), (stores) => secretsOf(stores, other));
    expect(found["channel-1"]).toEqual({ url: "https://gotify.lab", token: "" });
    await readAll(at(kind), (stores) => encryptAll(stores, other));
  }
});

test("a former key opens a backup of its time, which is then under the key of today", async () => {
  const { own, other, at, from, file } = await makeHome();
  await unity(["backup", file, ...from], own);
  const both = { ...other, UNITY_SECRET_KEY_OLD: KEY_ONE };
  await unity(["restore", file, "--to", `sqlite:${at("b")}`], both);
  const before = await readAll(at("a"), (stores) => secretsOf(stores, own));
  expect(await readAll(at("b"), (stores) => secretsOf(stores, other))).toEqual(before);
});

test("a folder gets a file named by the moment; runs stay behind unless they are wanted", async () => {
  const { own, at, from, folder } = await makeHome();
  const { outcome } = await unity(["backup", folder, ...from], own);
  expect(outcome.file).toMatch(/\/unity-backup-\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ\.unity$/);
  await unity(["restore", String(outcome.file), "--to", `sqlite:${at("b")}`], own);
  const runs = await readAll(at("b"), ({ connection: { db, schema } }) => db.select().from(schema.pluginExecutions));
  expect(runs).toEqual([]);
});

test("one that is stopped goes on when it is started again; another one does not go on there", async () => {
  const { own, at, from, file, folder } = await makeHome({ history: true });
  await unity(["backup", file, ...from, "--runs"], own);
  const { keys } = readEnv(own);
  const plugin = () => undefined;
  const end = { database: placeOfFile(at("b")), metrics: undefined };
  for (const pieces of [5, 40, 120]) {
    const archive = await openBackupFile(file, defineSchema(postgres));
    const unlocked = await unlockBackup(archive, {
      name: file,
      keys,
      withoutSecrets: false,
      passphrase: NO_PASSPHRASE,
    });
    const stopping = new AbortController();
    let left = pieces;
    const took = () => void (--left === 0 && stopping.abort(new Error("stopped")));
    const parts = { archive, unlocked, keys, plugin, samples: "auto", log: createLog("silent") } as const;
    await expect(restoreBackup(end, { ...parts, signal: stopping.signal, took })).rejects.toThrow("stopped");
    await archive.close();
  }
  const later = join(folder, "later.unity");
  await unity(["backup", later, ...from], own);
  const to = ["--to", `sqlite:${at("b")}`];
  await expect(unity(["restore", later, ...to], own)).rejects.toThrow("a part of another archive");
  const { outcome } = await unity(["restore", file, ...to], own);
  expect(outcome.notes).toEqual(["It goes on where it was interrupted."]);
  expect(await readAll(at("b"), answersOf)).toEqual(await readAll(at("a"), answersOf));
});
