import { expect, test } from "vitest";
import { addPerson } from "../auth/test-token-book";
import { nobody, type Role, type Visitor } from "../auth/visitor";
import { openCallers, person } from "./test-callers";

async function open(role: Role = "admin") {
  const house = await openCallers();
  const id = await addPerson(house.connection, "Anna", { role });
  const anna = person(id, "Anna", role);
  const comeWith = async (secret: string): Promise<Visitor> =>
    (await house.unity.accounts.tokens.find(secret, { address: null, now: Date.now() })) ?? nobody(null);
  return { ...house, anna, comeWith };
}
const draft = { name: "Script", scopes: ["read" as const], expiresInDays: 30 };

test("a token is told once, listed without itself, and gone when it is removed", async () => {
  const { as, anna, comeWith } = await open();
  const { tokens } = as(anna);
  const { secret, ...made } = await tokens.create(draft);
  expect(made).toMatchObject({ name: "Script", prefix: secret.slice(0, 12), scopes: ["read"], tags: null });
  expect(made.expiresAt).toBe(made.createdAt + 30 * 86_400_000);
  expect(await tokens.list()).toEqual([made]);
  expect(await as(await comeWith(secret)).channels.list()).toEqual([]);
  await tokens.remove({ id: made.id });
  expect(await tokens.list()).toEqual([]);
  await expect(as(await comeWith(secret)).channels.list()).rejects.toMatchObject({ code: "UNAUTHORIZED" });
});

test("it may what it was made for, and nothing else", async () => {
  const { as, anna, comeWith } = await open();
  const { secret } = await as(anna).tokens.create(draft);
  const program = as(await comeWith(secret));
  await program.plugins.instances();
  await expect(program.discovery.look()).rejects.toMatchObject({ code: "FORBIDDEN" });
  // Whoever has a token must not make himself another one that lasts.
  for (const call of [() => program.tokens.list(), () => program.tokens.create({ ...draft, name: "x" })])
    await expect(call()).rejects.toMatchObject({ code: "FORBIDDEN" });
});

test("nobody sees or removes another's but an admin, who sees whose they are", async () => {
  const { as, anna, connection, comeWith } = await open("viewer");
  const { id, secret } = await as(anna).tokens.create(draft);
  const bert = person(await addPerson(connection, "Bert"), "Bert", "admin");
  expect(await as(bert).tokens.list()).toEqual([]);
  await expect(as(bert).tokens.remove({ id })).rejects.toMatchObject({ code: "NOT_FOUND" });
  for (const call of [() => as(anna).tokens.all(), () => as(anna).tokens.revoke({ id })])
    await expect(call()).rejects.toMatchObject({ code: "FORBIDDEN" });
  expect(await as(bert).tokens.all()).toMatchObject([{ id, owner: { id: anna.userId, name: "Anna" } }]);
  await as(bert).tokens.revoke({ id });
  expect((await comeWith(secret)).via).toBe("none");
});

test("what its owner loses it loses at once", async () => {
  const { as, anna, connection, unity, comeWith } = await open();
  const chief = person(await addPerson(connection, "Chief"), "Chief", "admin");
  const { secret } = await as(anna).tokens.create({ ...draft, scopes: ["read", "administer"] });
  await as(await comeWith(secret)).tokens.all();
  const change = { name: "Anna", tags: null, disabled: false };
  const id = anna.userId ?? "";
  await as(chief).people.update({ id, person: { ...change, role: "viewer" } });
  await expect(as(await comeWith(secret)).tokens.all()).rejects.toMatchObject({ code: "FORBIDDEN" });
  await as(await comeWith(secret)).channels.list();
  await as(chief).people.update({ id, person: { ...change, role: "viewer", disabled: true } });
  expect((await comeWith(secret)).via).toBe("none");
  await as(chief).people.update({ id, person: { ...change, role: "editor" } });
  expect([...(await comeWith(secret)).permissions]).toEqual(["read"]);
  await as(chief).people.remove({ id });
  expect((await comeWith(secret)).via).toBe("none");
  expect(await unity.accounts.tokens.list()).toEqual([]);
});

test("what cannot be is an error at its field", async () => {
  const { as, anna } = await open("viewer");
  const { tokens } = as(anna);
  await expect(tokens.create({ ...draft, scopes: ["administer"] })).rejects.toMatchObject({
    ...{ code: "FORBIDDEN", cause: { field: "scopes" } },
  });
  for (const wrong of [{ scopes: [] }, { name: " " }, { expiresInDays: 0 }, { tags: [] }])
    await expect(tokens.create({ ...draft, ...wrong })).rejects.toMatchObject({ code: "BAD_REQUEST" });
});

test("the audit log has whose token was made and removed, never the token", async () => {
  const { as, anna, unity } = await open();
  const { tokens, audit } = as(anna);
  const { id, secret } = await tokens.create(draft);
  await tokens.remove({ id });
  const { entries, next } = await audit.list({ action: "tokens" });
  expect(next).toBeNull();
  expect(entries).toMatchObject([
    { action: "tokens.remove", subjectId: id, subject: "Script" },
    { action: "tokens.create", subjectId: id, subject: "Script", actor: "Anna" },
  ]);
  expect(entries[1]?.details.changes).toContainEqual({ path: "scopes", after: ["read"] });
  expect(JSON.stringify(entries)).not.toContain(secret.slice(12));
  await unity.audit.close();
});

test("pages of the audit log follow each other", async () => {
  const { as, anna } = await open();
  const { tokens, audit } = as(anna);
  for (const name of ["a", "b", "c"]) await tokens.create({ ...draft, name });
  const first = await audit.list({ limit: 2 });
  expect(first.entries.map(({ subject }) => subject)).toEqual(["c", "b"]);
  const second = await audit.list({ limit: 2, cursor: first.next });
  expect([second.entries.map(({ subject }) => subject), second.next]).toEqual([["a"], null]);
  expect((await audit.list({ outcome: "refused", since: 0, actor: "Anna" })).entries).toEqual([]);
});
