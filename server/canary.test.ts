import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { createServer, type ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { CHANNEL_KINDS } from "./alerts/channel-kinds";
import { makeBackups } from "./backup/test-canary-backups";
import { openSqlite } from "./db/sqlite";
import { readEnv } from "./env";
import { noAssets } from "./http/assets";
import { createServing, type Serving } from "./http/serve";
import { signIn } from "./http/test-sign-in";
import { createLog } from "./log";
import { exportArchive } from "./move/export-archive";
import { openStoresToRead } from "./open-stores";
import { openUnity } from "./open-unity";
import { findCanaries, listSecretPaths, makeCanary, openEchoes, pathsOf, plantConfigs, watchFor } from "./test-canary";
import { askBeside } from "./test-canary-beside";
import { ELSEWHERE, makeChannelConfigs } from "./test-canary-channels";
import { type Ask, addMigration, askOverHttp, freePort, plantPlain, readWhole } from "./test-canary-place";
import { appRouter } from "./trpc/router";
import type { Unity } from "./unity";

/**
 * Plants secrets wherever Unity takes one, lets everything fail in the worst way there is (services that repeat what they were told), and
 * looks for them in everything that comes out.
 */
interface Delivery {
  readonly attempts: number;
  readonly channel: { readonly name: string };
  readonly answer: string | null;
}
interface Procedure {
  readonly _def: { readonly type: string; readonly inputs: readonly unknown[] };
}
/** By their paths. The router's type has them as a tree. */
const PROCEDURES = Object.entries(appRouter._def.procedures as unknown as Record<string, Procedure>);

let folder: string;
let unity: Unity;
let serving: Serving;
let url: string;
let cookie = "";
let echoes: Awaited<ReturnType<typeof openEchoes>>;
const lines: string[] = [];
const live: string[] = [];
const answers = new Map<string, string>();
const stopping = new AbortController();
let env: ReturnType<typeof readEnv>;
const file = () => join(folder, "data", "unity.db");

/** As the first admin, unless it comes with something else. */
const ask: Ask = (path, input, method, who = { cookie }) => askOverHttp({ url, answers }, [path, input, method, who]);
const change = (path: string, input: unknown) => ask(path, input, "POST");
const dataOf = (text: string) => (JSON.parse(text) as { result: { data: Record<string, unknown> } }).result.data;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "unity-canary-"));
  await mkdir(join(folder, "data"));
  await mkdir(join(folder, "secrets"));
  echoes = await openEchoes();
  await plantPlain(file(), echoes.url);
  process.env.UNITY_SECRET_CANARY = makeCanary();
  await writeFile(join(folder, "secrets", "canary"), `${makeCanary()}\n`);
  env = readEnv({ UNITY_DATA: join(folder, "data"), UNITY_SECRETS_DIR: join(folder, "secrets") });
  unity = await openUnity(env, createLog("trace", { write: (line: string) => void lines.push(line) }));
  const pages = {
    page: async (_: unknown, response: ServerResponse) => void response.writeHead(404).end(),
    assets: noAssets,
    dev: false,
    upgrades: createServer(),
  };
  serving = createServing(unity, pages, env.proxies);
  const port = await freePort();
  await serving.listen(port, "127.0.0.1");
  url = `http://127.0.0.1:${port}`;
  cookie = await signIn(url);
  void (async () => {
    for await (const message of unity.bus.listen(stopping.signal)) live.push(JSON.stringify(message));
  })();
}, 60_000);

afterAll(async () => {
  stopping.abort();
  delete process.env.UNITY_SECRET_CANARY;
  await serving.close();
  echoes.close();
  await rm(folder, { recursive: true, force: true });
});

test("every plugin with secrets collects with them, and fails; each is tried before and changed after", async () => {
  const instances: string[] = [];
  for (const plugin of unity.registry.all()) {
    const configs = plantConfigs(plugin, echoes);
    const planted = new Set(configs.flatMap((config) => pathsOf(plugin, config)));
    for (const path of listSecretPaths(plugin)) {
      const pattern = new RegExp(
        `^${path.replaceAll(".", "\\.").replaceAll("[]", "\\.\\d+").replaceAll("{}", "\\..+")}$`,
      );
      expect(
        [...planted].some((one) => pattern.test(one)),
        `${plugin.id}: nothing was planted at ${path}`,
      ).toBe(true);
    }
    for (const [index, config] of configs.entries()) {
      const draft = { plugin: plugin.id, name: `${plugin.id} ${index}`, config, timeoutMs: 1_500 };
      const { status, text } = await change("plugins.create", { ...draft, intervalSeconds: 86_400 });
      expect(status, text).toBe(200);
      instances.push(String(dataOf(text).id));
      if (index > 1) continue;
      await change("plugins.test", { ...draft, name: "dry" });
      // As people err: a name that is taken, a wrong kind of value, a secret where another field is.
      await change("plugins.create", draft);
      await change("plugins.create", {
        ...draft,
        name: "wrong",
        config: { ...config, maxItems: "x", type: 5, tls: 1 },
      });
      await change("plugins.create", { ...draft, name: "wrong", intervalSeconds: 1 });
    }
  }
  for (const [name, secret] of Object.entries({
    variable: `\${UNITY_SECRET_CANARY}`,
    file: `file:${folder}/secrets/canary`,
  })) {
    const draft = { plugin: "syncthing", name, config: { url: echoes.url, apiKey: secret }, timeoutMs: 1_500 };
    const { text } = await change("plugins.create", { ...draft, intervalSeconds: 86_400 });
    instances.push(String(dataOf(text).id));
    expect((await change("plugins.test", { ...draft, name: "dry" })).text).toContain('"ok":false');
    // The reference itself is no secret.
    expect((await ask("plugins.instance", { id: dataOf(text).id })).text).toContain(
      JSON.stringify(secret).slice(1, -1),
    );
  }
  unity.start();
  for (const id of instances) await change("plugins.runNow", { id });
  const isOver = (id: string) => unity.ledger.status(id).lastRunAt !== null;
  await expect.poll(() => instances.filter((id) => !isOver(id)), { timeout: 120_000, interval: 500 }).toEqual([]);
  for (const id of instances.slice(0, 60)) {
    await change("plugins.update", { id, tags: ["seen"] });
    const { config } = dataOf((await ask("plugins.instance", { id })).text);
    await change("plugins.update", { id, config });
  }
  // It must have been told of them, or nothing was proven.
  expect(echoes.asked()).toBeGreaterThan(100);
}, 240_000);

test("every kind of channel sends with its secrets, and fails", async () => {
  const own = makeChannelConfigs({ ...echoes, folder: join(folder, "data") });
  expect(Object.keys(own).sort()).toEqual(CHANNEL_KINDS.map(({ kind }) => kind).sort());
  for (const [kind, config] of Object.entries(own)) {
    const isHere = !ELSEWHERE.includes(kind);
    const channel = { kind, name: kind, enabled: isHere, config };
    const { status, text } = await change("channels.create", channel);
    expect(status, `${kind}: ${text}`).toBe(200);
    const id = String(dataOf(text).id);
    if (isHere) {
      await change("channels.test", { id });
      await change("channels.test", { channel: { ...channel, name: "new" } });
    }
    await change("channels.create", channel);
    await change("channels.create", { ...channel, name: "wrong", config: { ...config, url: 5, port: "x", path: 7 } });
    const shown = dataOf((await ask("channels.get", { id })).text).config as object;
    await change("channels.update", { id, channel: { ...channel, config: shown } });
    await change("channels.update", {
      id,
      channel: { ...channel, config: { ...shown, url: "http://elsewhere.lab", host: "elsewhere" } },
    });
  }
  await change("notifications.sendCanary", undefined);
  const untried = async () => {
    const deliveries = dataOf((await ask("notifications.canary")).text) as unknown as Delivery[];
    return deliveries.flatMap(({ attempts, channel, answer }) => (attempts > 0 ? [] : [`${channel.name}: ${answer}`]));
  };
  // Behind the alerts of all that fails here, each of which every channel is told of first.
  await expect.poll(untried, { timeout: 180_000, interval: 500 }).toEqual([]);
}, 240_000);

test("the heartbeat calls its address, which nobody sees", async () => {
  expect((await ask("notifications.settings")).text).toContain('"url":"***"');
  const { settings } = dataOf((await ask("notifications.settings")).text) as { settings: { heartbeat: object } };
  await change("notifications.setSettings", { ...settings, publicUrl: "https://unity.lab" });
  await change("notifications.setSettings", {
    ...settings,
    heartbeat: { url: `${makeCanary()}://x`, everySeconds: 10 },
  });
  await change("notifications.setSettings", {
    ...settings,
    heartbeat: { url: `${echoes.url}/${makeCanary()}`, everySeconds: 10 },
  });
  await expect.poll(() => unity.notifier.heartbeat().at, { timeout: 60_000 }).not.toBeNull();
}, 90_000);

test("a token is told once, works, is refused what it may not, and is taken away", async () => {
  const { text } = await change("tokens.create", { name: "Program", scopes: ["read"], expiresInDays: 1 });
  const { id, secret } = dataOf(text) as { id: string; secret: string };
  // In this one answer it is, once; its first letters are shown elsewhere.
  answers.delete([...answers.keys()].at(-1) ?? "");
  expect(text.split(secret)).toHaveLength(2);
  watchFor(secret.slice(12));
  const comeWith = (token: string) => ({ authorization: `Bearer ${token}` });
  expect((await ask("channels.list", undefined, "GET", comeWith(secret))).status).toBe(200);
  expect((await ask("channels.list", undefined, "GET", comeWith(`${secret}x`))).status).toBe(401);
  expect((await ask("discovery.hideNotice", undefined, "POST", comeWith(secret))).status).toBe(403);
  expect((await ask("tokens.create", { name: secret }, "POST", comeWith(secret))).status).toBe(403);
  expect((await ask("audit.list", undefined, "GET", comeWith(secret))).status).toBe(403);
  expect((await ask("tokens.list")).text).toContain('"lastUsedFrom":"127.0.0.1"');
  expect((await ask("audit.list", { action: "discovery" })).text).toContain('"token":"Program"');
  await change("tokens.revoke", { id });
  expect((await ask("channels.list", undefined, "GET", comeWith(secret))).status).toBe(401);
});

test("everything that can be asked is asked, of everything there is", async () => {
  await change("alerts.rule.create", {
    ...{ name: "Mine", scope: { kind: "all" }, severity: "info", summary: "x" },
    parts: [{ kind: "value", metric: "unity_collector_up", is: "below", limit: 1 }],
  });
  const ids = {
    instances: unity.instances.list().map(({ id }) => id),
    channels: unity.channels.book.list().map(({ id }) => id),
    rules: unity.alerts.book.rules().map(({ id }) => id),
  };
  const times = { from: Date.now() - 3_600_000, to: Date.now() };
  const candidates: unknown[] = [
    ...[undefined, {}],
    ...[...ids.instances, ...ids.channels, ...unity.registry.all().map(({ id }) => id), ...ids.rules.slice(0, 20)].map(
      (id) => ({
        ...{ id, instance: id, plugin: id, alert: id, key: id, token: id, ...times },
      }),
    ),
    ...[{ metric: "unity_collector_up", ...times }, { question: "what fails" }, { budget: 128_000, ...times }],
    { route: { name: "r", timeZone: "UTC", channels: "all" } },
    { scope: { kind: "all" }, metric: "unity_collector_up" },
  ];
  const silent: string[] = [];
  for (const [path, procedure] of PROCEDURES) {
    if (procedure._def.type !== "query") continue;
    let answered = false;
    for (const input of procedure._def.inputs.length > 0 ? candidates : [undefined]) {
      const { status } = await ask(path, input);
      answered ||= status === 200;
    }
    if (!answered) silent.push(path);
  }
  // Those that want a thing which is not here: they were asked, and what they refuse with is looked through.
  expect(silent).toEqual(["alerts.detail", "silences.preview", "assist.analysis"]);
  await askBeside({ url, cookie, answers }, ids.instances);
  await change("alerts.import", { yaml: unity.alertFiles.export(), dryRun: false });
  await change("alerts.import", { yaml: `${unity.alertFiles.export()}\n  - [`, dryRun: true });
  const files = [{ name: "all.yaml", yaml: unity.configuration.export() }];
  expect(await change("config.import", { files, dryRun: false })).toMatchObject({ status: 200 });
}, 240_000);

test("no answer, no line of the log, no live message has one", () => {
  const found = (named: Iterable<readonly [string, string]>) =>
    [...named].flatMap(([name, text]) => findCanaries(text).map((where) => `${name}: ${where}`));
  expect(answers.size).toBeGreaterThan(500);
  expect(found(answers)).toEqual([]);
  expect(lines.length).toBeGreaterThan(20);
  expect(found(lines.map((line) => ["log", line] as const))).toEqual([]);
  expect(live.length).toBeGreaterThan(0);
  expect(found(live.map((line) => ["live", line] as const))).toEqual([]);
  expect(findCanaries(unity.alertFiles.export())).toEqual([]);
});

test("no file has one: not the database, its write-ahead log, an archive, nor a copy from before an update", async () => {
  const looked = async (where: string) => {
    const names = await readdir(where);
    for (const name of names.filter((one) => one !== "secret.key"))
      expect(findCanaries(await readWhole(join(where, name))), name).toEqual([]);
    return names;
  };
  expect(await looked(join(folder, "data"))).toEqual(
    expect.arrayContaining(["unity.db", "unity.db-wal", "unity-samples.db"]),
  );
  const stores = await openStoresToRead(env.database);
  await mkdir(join(folder, "archive"));
  await exportArchive(stores, {
    file: join(folder, "archive", "all.unity"),
    isRunning: true,
    runs: true,
    say: () => undefined,
  });
  await stores.store.close();
  await stores.close();
  const elsewhere = join(folder, "elsewhere");
  const passphrase = `${makeCanary()} ${makeCanary()}`;
  const said = await makeBackups(unity, { archives: join(folder, "archive"), data: elsewhere, passphrase });
  expect(await looked(join(folder, "archive"))).toEqual(["all.unity", "kept", "none", "passphrase"]);
  expect(await looked(elsewhere)).toEqual(expect.arrayContaining(["unity.db", "unity-samples.db"]));
  expect([...said, ...lines].flatMap(findCanaries)).toEqual([]);
  stopping.abort();
  await unity.stop(3_000);
  const migrations = join(folder, "migrations");
  await addMigration(migrations);
  const { close, migrated } = await openSqlite(file(), { migrationsFolder: migrations });
  await close();
  expect(migrated.backup).not.toBeNull();
  expect((await looked(join(folder, "data"))).filter((name) => name.includes(".before-"))).toHaveLength(1);
}, 60_000);
