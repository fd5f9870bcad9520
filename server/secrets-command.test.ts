import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { openChannelBook } from "./alerts/channel-book";
import { openNotifyBook } from "./alerts/notify/notify-book";
import { createPushKeys } from "./alerts/push-keys";
import { openAuditLog } from "./auth/audit-log";
import { systemClock } from "./clock";
import { DatabaseInUse } from "./db/database-lock";
import { readEnv } from "./env";
import { createLog } from "./log";
import { WrongUse } from "./move/command";
import { openEmbeddedStores } from "./open-stores";
import { runSecrets } from "./secrets-command";
import { openVault } from "./vault/open-vault";
import { createSecretReader } from "./vault/secret-reader";

const log = createLog("silent");
const changed = () => undefined;

async function makeFolder() {
  const folder = await mkdtemp(join(tmpdir(), "unity-secrets-command-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

async function unity(args: readonly string[], env: Record<string, string>): Promise<string> {
  const said: string[] = [];
  await runSecrets(args, { env, screen: { write: (text: string) => said.push(text) } });
  return said.join("");
}

/** What of Unity has secrets, on the database of this environment. */
async function openBooks(given: Record<string, string>) {
  const env = readEnv(given);
  const { connection, store, close } = await openEmbeddedStores(join(env.dataFolder, "unity.db"));
  const end = async () => {
    await store.close();
    await close();
  };
  onTestFinished(end);
  const opening = openVault(connection, env.keys, { shown: env.database.shown, log });
  const vault = await opening.catch(async (error: unknown) => {
    await end();
    throw error;
  });
  const secrets = { ...vault, ...createSecretReader({ vault, env: {}, folder: "/run/secrets", keyFiles: [] }) };
  const channels = await openChannelBook(connection, { secrets, clock: systemClock, changed });
  const notify = await openNotifyBook(connection, { secrets, log, changed });
  /** What the audit log has. */
  async function deeds() {
    const audit = openAuditLog(connection, { clock: systemClock, log });
    const lines = await audit.list({ limit: 10 });
    return lines.map(({ action, via, outcome, subject }) => ({ action, via, outcome, subject }));
  }
  return { channels, notify, pushKeys: createPushKeys(connection, secrets), deeds, end };
}

async function plant(env: Record<string, string>) {
  const { channels, notify, pushKeys, end } = await openBooks(env);
  const config = { url: "https://gotify.lab", token: "token-PLANTED" };
  await channels.create({ kind: "gotify", name: "Phone", enabled: true, config });
  await notify.setSettings({ heartbeat: { url: "https://hc.lab/PLANTED" } });
  const planted = { config, link: notify.key.reveal(), push: await pushKeys() };
  await end();
  return planted;
}

test("the key is made anew: everything is read as before, and under the new one", async () => {
  const folder = await makeFolder();
  const env = { UNITY_DATA: folder };
  const planted = await plant(env);
  const before = await unity(["status"], env);
  expect(before).toMatch(/is encrypted under the key [0-9a-f]{12}, which is here/);
  expect(before).toMatch(/4 secrets are under [0-9a-f]{12}\.\n$/);
  const said = await unity(["rotate"], env);
  expect(said).toMatch(
    /The secrets of 4 rows are encrypted anew, under the key [0-9a-f]{12}\.\nThe former key [0-9a-f]{12} is in /,
  );
  const after = await unity(["status"], env);
  expect(after).not.toBe(before);
  expect(after).toMatch(/4 secrets are under [0-9a-f]{12}\.\n$/);
  const { channels, notify, pushKeys, deeds } = await openBooks(env);
  expect(channels.list()[0]?.config).toEqual(planted.config);
  expect(notify.key.reveal()).toEqual(planted.link);
  expect(notify.settings().heartbeat.url).toBe("https://hc.lab/PLANTED");
  expect(await pushKeys()).toEqual(planted.push);
  expect(await deeds()).toEqual([{ action: "secrets.rotate", via: "command", outcome: "done", subject: null }]);
  // Neither the former texts nor what they stand for is left in the file.
  const file = await readFile(join(folder, "unity.db"), "latin1");
  const former = /under ([0-9a-f]{12})\.\n$/.exec(before)?.[1] ?? "";
  expect(file).not.toContain(former);
});

test("a running Unity is looked at, and not changed", async () => {
  const env = { UNITY_DATA: await makeFolder() };
  await openBooks(env);
  expect(await unity(["status"], env)).toContain("which is here");
  await expect(unity(["rotate"], env)).rejects.toThrow(DatabaseInUse);
  await expect(unity(["reset"], env)).rejects.toThrow(DatabaseInUse);
});

test("where the key is lost, Unity goes on with another, and what was entered is not thrown away", async () => {
  const folder = await makeFolder();
  const env = { UNITY_DATA: folder };
  const planted = await plant(env);
  const lost = await readFile(join(folder, "secret.key"), "utf8");
  await rm(join(folder, "secret.key"));
  await expect(openBooks(env)).rejects.toThrow("`unity secrets reset` goes on");
  expect(await unity(["status"], env)).toContain('which is not here.\nNot readable: those of channel "Phone", Unity');
  expect(await unity(["reset"], env)).toMatch(
    /^Secrets are encrypted under the key [0-9a-f]{12} from now on.\nEnter anew those of channel "Phone", Unity's own keys and settings.\nBrowsers/,
  );
  const { channels, notify, pushKeys, end } = await openBooks(env);
  const [phone] = channels.list();
  expect(phone?.config).toMatchObject({ url: planted.config.url, token: expect.stringMatching(/^enc:v1:/) });
  expect(notify.shownSettings().heartbeat.url).toBe("***");
  expect(notify.key.reveal()).not.toEqual(planted.link);
  expect((await pushKeys()).publicKey).not.toBe(planted.push.publicKey);
  // Saving something else keeps what cannot be read; a secret that is entered anew is one again.
  await channels.update(phone?.id ?? "", {
    kind: "gotify",
    name: "Renamed",
    enabled: true,
    config: { ...planted.config, token: "***" },
  });
  await notify.setSettings({ ...notify.shownSettings(), perMinute: 7 });
  await end();
  const found = await openBooks({ ...env, UNITY_SECRET_KEY_OLD: lost.trim() });
  expect(found.channels.list()[0]).toMatchObject({ name: "Renamed", config: planted.config });
  expect(found.notify.settings()).toMatchObject({ perMinute: 7, heartbeat: { url: "https://hc.lab/PLANTED" } });
  await found.end();
  expect(await unity(["reset"], env)).toContain("there is nothing to reset");
});

test("a database that is not there is not made", async () => {
  await expect(unity(["status"], { UNITY_DATA: await makeFolder() })).rejects.toThrow("is not there");
});

test.each([
  [[], "What shall be done"],
  [["sideways"], 'There is no "unity secrets sideways"'],
  [["status", "now"], "one word too many"],
])("%j is wrong use", async (args, message) => {
  const refused = unity(args, { UNITY_DATA: await makeFolder() });
  await expect(refused).rejects.toThrow(message);
  await expect(refused).rejects.toThrow(WrongUse);
});
