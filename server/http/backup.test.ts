import { once } from "node:events";
import { readFile, writeFile } from "node:fs/promises";
import { request as ask, type IncomingMessage } from "node:http";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { COMMAND, type Permission, type Role } from "../auth/visitor";
import { KEY_ONE, KEY_TWO, PASSPHRASE, unity as run, secretsOf } from "../backup/test-backups";
import { closeFile, makeFolder, openFile } from "../move/test-folder";
import { openServed } from "./test-matrix";
import { ADMIN, signIn } from "./test-sign-in";

/** What no file without the key may show. */
const SECRET = "hunter2-of-a-backup-test";
let served: Awaited<ReturnType<typeof openServed>>;
beforeAll(async () => {
  served = await openServed({ UNITY_SECRET_KEY: KEY_ONE });
  const made = await fetch(`${served.url}/api/trpc/channels.create`, {
    method: "POST",
    headers: { ...asAdmin(), "content-type": "application/json" },
    body: JSON.stringify({ kind: "gotify", name: "Phone", config: { url: "https://gotify.lab", token: SECRET } }),
  });
  expect(made.status, await made.text()).toBe(200);
}, 60_000);
afterAll(() => served.close());

const post = (body: unknown, headers: Record<string, string> = {}, init: RequestInit = {}) =>
  fetch(`${served.url}/api/backup`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: typeof body === "string" ? body : JSON.stringify(body),
    ...init,
  });
const asAdmin = () => ({ cookie: served.cookie });
const NONE = { secrets: "none" };

async function written(outcome: "done" | "refused" | "failed") {
  const query = { action: "backup.download", outcome, limit: 100 };
  return served.unity.audit.list(query);
}

/** Downloaded as a browser does. */
async function download(folder: string, body: object, headers: Record<string, string> = asAdmin()): Promise<string> {
  const answer = await post(body, headers);
  expect([answer.status, answer.headers.get("content-type")]).toEqual([200, "application/octet-stream"]);
  const [, name = ""] =
    /^attachment; filename="(unity-backup-[\w-]+\.unity)"$/.exec(answer.headers.get("content-disposition") ?? "") ?? [];
  expect(name).not.toBe("");
  const file = join(folder, `${name}.${Math.random()}`);
  await writeFile(file, new Uint8Array(await answer.arrayBuffer()));
  return file;
}

test("an admin takes a file that is whole, and everything in it comes back under the key of another machine", async () => {
  const folder = await makeFolder();
  const file = await download(folder, { secrets: "passphrase", passphrase: PASSPHRASE });
  const bytes = await readFile(file, "latin1");
  for (const text of [SECRET, PASSPHRASE, ADMIN.password]) expect(bytes).not.toContain(text);
  const other = { UNITY_DATA: await makeFolder(), UNITY_SECRET_KEY: KEY_TWO };
  const to = join(folder, "restored.db");
  const restore = (passphrase: string) =>
    run(["restore", file, "--to", `sqlite:${to}`], { ...other, UNITY_BACKUP_PASSPHRASE: passphrase });
  await expect(restore("not the passphrase of it")).rejects.toThrow(/passphrase/);
  const { outcome } = await restore(PASSPHRASE);
  const [last] = await written("done");
  expect(last).toMatchObject({
    ...{ actor: "Ada", via: "session", subject: expect.stringMatching(/^unity-backup-/) },
    details: { facts: { bytes: bytes.length, samples: outcome.samples, secrets: "passphrase" } },
  });
  const copy = await openFile(to);
  expect(JSON.stringify(await secretsOf(copy, other))).toContain(SECRET);
  await closeFile(copy);
  const all = JSON.stringify(await served.unity.audit.list({ limit: 500 })) + served.lines.join("");
  for (const text of [SECRET, PASSPHRASE]) expect(all).not.toContain(text);
}, 60_000);

test("left out, no secret is in it and nobody; kept, they are under the key that is here", async () => {
  const folder = await makeFolder();
  for (const secrets of ["none", "kept"]) {
    const file = await download(folder, { secrets });
    expect(await readFile(file, "latin1")).not.toContain(SECRET);
    const to = join(folder, `${secrets}.db`);
    const env = { UNITY_DATA: folder, UNITY_SECRET_KEY: KEY_ONE };
    await run(["restore", file, "--to", `sqlite:${to}`], env);
    const copy = await openFile(to);
    const people = await copy.connection.db.select().from(copy.connection.schema.users);
    expect(people.map(({ name }) => name)).toEqual(secrets === "kept" ? ["Ada"] : []);
    expect(JSON.stringify(await secretsOf(copy, env)).includes(SECRET)).toBe(secrets === "kept");
    await closeFile(copy);
  }
}, 60_000);

test("nobody else gets one: not an editor, a viewer, who sees only some tags, nor a token that may less", async () => {
  const { people, tokens } = served.unity.accounts;
  const person = async (username: string, role: Role, tags: string[] | null = null) => {
    await people.create({ name: username, username, password: ADMIN.password, role, tags });
    return { cookie: await signIn(served.url, { username, password: ADMIN.password }) };
  };
  const [ada] = (await people.list()).filter(({ username }) => username === ADMIN.username);
  const token = async (name: string, scopes: Permission[], tags: string[] | null = null) => {
    const draft = { name, scopes, tags, expiresInDays: null };
    return { authorization: `Bearer ${(await tokens.create(ada?.id ?? "", draft)).secret}` };
  };
  const refused = {
    viewer: await person("vera", "viewer"),
    "limited viewer": await person("lim", "viewer", ["attic"]),
    editor: await person("edna", "editor"),
    "token to edit": await token("edits", ["read", "edit"]),
    "limited token to administer": await token("attic", ["read", "administer"], ["attic"]),
  };
  for (const [name, headers] of Object.entries(refused)) {
    const answer = await post(NONE, headers);
    expect([name, answer.status]).toEqual([name, 403]);
    expect(await answer.json()).toMatchObject({ code: "refused", message: expect.stringMatching(/^This /) });
  }
  expect((await post(NONE)).status).toBe(401);
  expect((await post(NONE, { authorization: "Bearer junk", cookie: served.cookie })).status).toBe(401);
  const names = (await written("refused")).map(({ actor, via }) => `${actor} ${via}`);
  expect(names.toSorted()).toEqual([
    "Ada token",
    "Ada token",
    "edna session",
    "lim session",
    "null none",
    "null none",
    "vera session",
  ]);

  const administers = await token("administers", ["read", "administer"]);
  const readable = await post({ secrets: "passphrase", passphrase: PASSPHRASE }, administers);
  expect([readable.status, (await written("refused"))[0]?.details.token]).toEqual([403, "administers"]);
  await download(await makeFolder(), { secrets: "kept" }, administers);
  expect((await written("done"))[0]).toMatchObject({ via: "token", details: { token: "administers" } });
}, 60_000);

test("a page of another site gets none with an admin's cookie, which is written down", async () => {
  const answer = await post(NONE, { ...asAdmin(), origin: "http://evil.example" });
  expect(answer.status).toBe(403);
  const [line] = await served.unity.audit.list({ action: "other-site", limit: 1 });
  expect(line).toMatchObject({ outcome: "refused", actor: null, subject: "POST /api/backup" });
  expect((await post(NONE, { ...asAdmin(), "content-type": "text/plain" })).status).toBe(400);
});

test("what makes no sense is told, and no passphrase is taken from an address", async () => {
  const told = async (body: unknown) => {
    const answer = await post(body, asAdmin());
    return { status: answer.status, ...((await answer.json()) as object) };
  };
  expect(await told({ secrets: "passphrase", passphrase: "short" })).toMatchObject({
    ...{ status: 400, code: "invalid", field: "passphrase", message: expect.stringContaining("12 characters") },
  });
  for (const wrong of [
    "",
    "{",
    {},
    { secrets: "all" },
    { secrets: "passphrase" },
    { ...NONE, passphrase: PASSPHRASE },
    "x".repeat(9_000),
  ])
    expect(await told(wrong)).toMatchObject({ status: 400, code: "invalid" });
  const query = await fetch(`${served.url}/api/backup?secrets=none`, { headers: asAdmin() });
  expect([query.status, query.headers.get("allow")]).toEqual([405, "POST"]);
});

test("one at a time; whoever goes away half-way makes room for the next", async () => {
  const response = await begin();
  const busy = await post(NONE, asAdmin());
  expect(busy.status).toBe(409);
  expect(await busy.json()).toMatchObject({ message: "A backup is being made already. Wait until it has ended." });
  response.destroy();
  await expect.poll(async () => (await post(NONE, asAdmin())).status, { timeout: 10_000 }).toBe(200);
  const failed = await written("failed");
  const reasons = failed.map(({ details }) => details.reason);
  expect(reasons).toContain("A backup is being made already. Wait until it has ended.");
  expect(reasons).toContain("It was ended by whoever took it.");
}, 60_000);

/** Asked for, and not taken: it is larger than what waits on the way. */
async function begin(): Promise<IncomingMessage> {
  await fill();
  const headers = { ...asAdmin(), "content-type": "application/json" };
  const request = ask(`${served.url}/api/backup`, { method: "POST", headers });
  request.end(JSON.stringify(NONE));
  const [response] = (await once(request, "response")) as [IncomingMessage];
  response.pause();
  return response;
}

/** 24 MB. */
async function fill(): Promise<void> {
  const { audit } = served.unity;
  const details = { facts: { text: "x".repeat(120_000) } };
  for (let index = 0; index < 200; index += 1)
    audit.record({ who: COMMAND, action: "filled", outcome: "done", details });
  await audit.list({ limit: 1 });
}
