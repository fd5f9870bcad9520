import { expect, test } from "vitest";
import { addPerson } from "../auth/test-token-book";
import { COMMAND, nobody } from "../auth/visitor";
import { appRouter } from "./router";
import { openCallers, person } from "./test-callers";

interface Procedure {
  readonly _def: { readonly type: string; readonly meta?: { readonly audit?: unknown } };
}
const PROCEDURES = Object.entries(appRouter._def.procedures as unknown as Record<string, Procedure>);
const MUTATIONS = PROCEDURES.filter(([, { _def }]) => _def.type === "mutation");

const ADMIN = person("a1", "Anna", "admin");
const VIEWER = person("v1", "Vera", "viewer");
const SECRET = "token-PLANTED";
const channel = (config: object = {}) => ({
  ...{ kind: "gotify", name: "Phone", enabled: true },
  config: { url: "https://gotify.lab", token: SECRET, ...config },
});

test("every mutation says what is written of it, or why nothing need be", () => {
  expect(MUTATIONS.length).toBeGreaterThan(30);
  const silent = MUTATIONS.filter(([, { _def }]) => {
    const audit = _def.meta?.audit;
    if (typeof audit !== "object" || audit === null) return true;
    return "none" in audit ? typeof audit.none !== "string" || audit.none.length < 20 : !("of" in audit);
  });
  expect(silent.map(([path]) => path)).toEqual([]);
});

test("these are not written, and no others", () => {
  const unwritten = MUTATIONS.filter(([, { _def }]) => Object.hasOwn(_def.meta?.audit ?? {}, "none"));
  expect(unwritten.map(([path]) => path).sort()).toEqual([
    ...["alerts.backtest", "alerts.rule.preview", "discovery.look", "notifications.act", "plugins.test"],
  ]);
});

test("every mutation that is refused is written, with whoever asked, and nothing of what was sent", async () => {
  const { as, unity } = await openCallers();
  const caller = as(nobody("203.0.113.5")) as unknown as Record<string, unknown>;
  const call = (path: string) => {
    const procedure = path.split(".").reduce<unknown>((at, name) => (at as Record<string, unknown>)[name], caller);
    return (procedure as (input: unknown) => Promise<unknown>)({ id: "x", token: SECRET, name: SECRET });
  };
  const closed = MUTATIONS.filter(([path]) => path !== "notifications.act").map(([path]) => path);
  for (const path of closed) await expect(call(path), path).rejects.toMatchObject({ code: "UNAUTHORIZED" });
  const entries = await unity.audit.list({ limit: 500 });
  // Beyond so many they are only counted.
  expect(entries.map(({ action }) => action).reverse()).toEqual(closed.slice(0, 20));
  for (const entry of entries) {
    expect(entry).toMatchObject({ actorId: null, address: "203.0.113.5", outcome: "refused" });
    expect(entry.details).toEqual({ reason: "Sign in first." });
  }
});

test("a change is written with what was before and after, without secrets", async () => {
  const { as, last } = await openCallers();
  const { channels } = as(ADMIN);
  const { id, config } = await channels.create(channel());
  expect(await last()).toMatchObject({
    ...{ actorId: "a1", actor: "Anna", via: "session", address: "10.0.0.9" },
    ...{ action: "channels.create", outcome: "done", subjectId: id, subject: "Phone" },
    details: {
      changes: expect.arrayContaining([
        { path: "name", after: "Phone" },
        { path: "config.token", after: "***" },
      ]),
    },
  });

  await channels.update({ id, channel: { ...channel(), name: "Tablet", config } });
  expect((await last())?.details).toEqual({ changes: [{ path: "name", before: "Phone", after: "Tablet" }] });
  expect(await last()).toMatchObject({ subjectId: id, subject: "Tablet" });

  await channels.update({ id, channel: { ...channel({ token: `${SECRET}-2` }), name: "Tablet" } });
  expect((await last())?.details).toEqual({ changes: [{ path: "config.token", before: "***", after: "***" }] });

  await channels.remove({ id });
  const removed = await last();
  expect(removed).toMatchObject({ action: "channels.remove", subjectId: id, subject: "Tablet" });
  expect(removed?.details.changes).toEqual(expect.arrayContaining([{ path: "config.token", before: "***" }]));
});

test("what fails and what is refused says why", async () => {
  const { as, last } = await openCallers();
  const { id } = await as(ADMIN).channels.create(channel());
  await expect(as(VIEWER).channels.remove({ id })).rejects.toMatchObject({ code: "FORBIDDEN" });
  expect(await last()).toMatchObject({
    ...{ actor: "Vera", action: "channels.remove", outcome: "refused", subjectId: id, subject: "Phone" },
    details: { reason: "This needs the permission to administer, which Vera lacks." },
  });
  await expect(as(ADMIN).channels.create(channel())).rejects.toMatchObject({ code: "CONFLICT" });
  expect(await last()).toMatchObject({ outcome: "failed", details: { reason: expect.stringContaining("already") } });
  await expect(as(ADMIN).channels.create({} as ReturnType<typeof channel>)).rejects.toThrow();
  expect(await last()).toMatchObject({ outcome: "failed", details: { reason: "What was sent is not valid." } });
  await expect(as(ADMIN).channels.remove({ id: "nowhere" })).rejects.toMatchObject({ code: "NOT_FOUND" });
  expect(await last()).toMatchObject({ outcome: "failed", subjectId: "nowhere", subject: null });
});

test("a read that is refused is written of who is signed in, and one that is answered of nobody", async () => {
  const { as, unity, last } = await openCallers();
  await expect(as(nobody("203.0.113.5")).channels.list()).rejects.toMatchObject({ code: "UNAUTHORIZED" });
  await as(VIEWER).channels.list();
  expect(await unity.audit.list({ limit: 5 })).toEqual([]);
  await expect(as(VIEWER).audit.list()).rejects.toMatchObject({ code: "FORBIDDEN" });
  expect(await last()).toMatchObject({ actor: "Vera", action: "audit.list", outcome: "refused" });
  await expect(as({ ...VIEWER, tags: ["media"] }).storage.overview()).rejects.toMatchObject({ code: "FORBIDDEN" });
  expect(await last()).toMatchObject({ action: "storage.overview", outcome: "refused" });
});

test("previews and dry runs leave no line, unless they are refused", async () => {
  const { as, unity, last } = await openCallers();
  const { yaml } = await as(ADMIN).alerts.export();
  await as(ADMIN).alerts.import({ yaml });
  await as(ADMIN).discovery.look();
  expect(await unity.audit.list({ limit: 5 })).toEqual([]);
  await expect(as(VIEWER).alerts.import({ yaml })).rejects.toMatchObject({ code: "FORBIDDEN" });
  expect(await last()).toMatchObject({ action: "alerts.import", outcome: "refused" });
});

test("what a file changes is written, thing by thing", async () => {
  const { as, last } = await openCallers();
  const admin = as(ADMIN);
  const parts = [{ kind: "value" as const, metric: "unity_collector_up", is: "below" as const, limit: 1 }];
  await admin.alerts.rule.create({ name: "Mine", scope: { kind: "all" }, severity: "info", summary: "x", parts });
  const { yaml } = await admin.alerts.export();
  await admin.alerts.import({ yaml: yaml.replace("info", "critical"), dryRun: false });
  expect(await last()).toMatchObject({
    ...{ action: "alerts.import", outcome: "done", subject: "Rules, channels, routes and silences" },
    details: { changes: [{ path: "rules[Mine].severity", before: "info", after: "critical" }] },
  });
});

test("instances, rules, silences, routes and settings are told by their names and what changed", async () => {
  const { as, last } = await openCallers();
  const admin = as(ADMIN);
  const made = await admin.plugins.create({
    ...{ plugin: "syncthing", name: "Sync", config: { url: "http://127.0.0.1:1", apiKey: SECRET } },
  });
  expect(JSON.stringify(await last())).not.toContain(SECRET);
  expect((await last())?.details.changes).toContainEqual({ path: "config.apiKey", after: "***" });
  await admin.plugins.update({ id: made.id, tags: ["media"], config: { url: "http://127.0.0.1:1", apiKey: "other" } });
  expect(await last()).toMatchObject({
    ...{ action: "plugins.update", subjectId: made.id, subject: "Sync" },
    details: {
      changes: [
        { path: "tags", before: [], after: ["media"] },
        { path: "config.apiKey", before: "***", after: "***" },
      ],
    },
  });
  const when = { kind: "once" as const, from: Date.now(), to: Date.now() + 3_600_000 };
  await admin.silences.create({ kind: "silence", name: "Quiet", matchers: [], when });
  expect(await last()).toMatchObject({ action: "silences.create", subject: "Quiet" });
  await admin.alerts.override.create({ rule: "unity:failing", scope: { kind: "all" }, set: { severity: "critical" } });
  expect(await last()).toMatchObject({ action: "alerts.override.create", subject: "unity:failing" });
  await admin.storage.keep({ ...(await admin.storage.overview()).retention, auditDays: 30 });
  expect((await last())?.details).toEqual({ changes: [{ path: "auditDays", before: 365, after: 30 }] });
  const { settings } = await admin.notifications.settings();
  await admin.notifications.setSettings({ ...settings, heartbeat: { url: `https://beat.lab/${SECRET}` } });
  expect((await last())?.details.changes).toContainEqual({ path: "heartbeat.url", before: "", after: "***" });
  await admin.plugins.runNow({ id: made.id });
  expect(await last()).toMatchObject({ action: "plugins.runNow", outcome: "done", subject: "Sync", details: {} });
});

test("what comes by a token names it, and what this machine's own commands do is told as that", async () => {
  const { as, connection, unity, last } = await openCallers();
  const id = await addPerson(connection, "Anna");
  const draft = { name: "Script", scopes: ["administer" as const], tags: null, expiresInDays: null };
  const { secret } = await unity.accounts.tokens.create(id, draft);
  const visitor = await unity.accounts.tokens.find(secret, { address: "10.0.0.7", now: Date.now() });
  await as(visitor ?? nobody(null)).channels.create(channel());
  expect(await last()).toMatchObject({
    ...{ actorId: id, actor: "Anna", via: "token", address: "10.0.0.7" },
    details: { token: "Script" },
  });
  await as(COMMAND).channels.create({ ...channel(), name: "Other" });
  expect(await last()).toMatchObject({ actorId: null, actor: "this machine", via: "command", address: null });
});

test("what becomes of people is written, and never a password", async () => {
  const { as, connection, last } = await openCallers();
  const admin = as(person(await addPerson(connection, "Anna"), "Anna", "admin"));
  const { id } = await admin.people.create({ name: "Vera", username: "vera", role: "viewer", password: `${SECRET} 1` });
  expect(await last()).toMatchObject({ action: "people.create", subjectId: id, subject: "Vera" });
  await admin.people.update({ id, person: { name: "Vera", role: "editor", disabled: false } });
  expect((await last())?.details).toEqual({ changes: [{ path: "role", before: "viewer", after: "editor" }] });
  await admin.people.setPassword({ id, password: `${SECRET} 2` });
  expect(await last()).toMatchObject({ action: "people.setPassword", subject: "Vera", details: {} });
  await as(person(id, "Vera", "editor")).account.rename({ name: "Wera" });
  expect(await last()).toMatchObject({
    ...{ action: "account.rename", actorId: id, subjectId: id },
    details: { changes: [{ path: "name", before: "Vera", after: "Wera" }] },
  });
  await admin.people.remove({ id });
  expect(await last()).toMatchObject({ action: "people.remove", subjectId: id, subject: "Wera" });
  expect(JSON.stringify(await connection.db.select().from(connection.schema.auditLog))).not.toContain(SECRET);
});

test("a link that nobody made is written as refused, without the link", async () => {
  const { as, last } = await openCallers();
  await as(nobody("203.0.113.5")).notifications.act({ token: SECRET });
  const entry = await last();
  expect(entry).toMatchObject({ action: "notifications.act", outcome: "refused", address: "203.0.113.5" });
  expect(JSON.stringify(entry)).not.toContain(SECRET);
});
