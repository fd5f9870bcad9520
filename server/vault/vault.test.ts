import fc from "fast-check";
import { expect, test } from "vitest";
import { z } from "zod";
import { headerMap, secret } from "../../plugins/sdk/config";
import { isSealed, keyIdOf } from "./cipher";
import { makeKeyText, readKey, readKeys } from "./key";
import { createVault } from "./vault";

const KEY = readKey(makeKeyText(), "here");
const OTHER = readKey(makeKeyText(), "there");
const vault = createVault([KEY], KEY.id);
const row = { table: "plugins", row: "one" };
const schema = z.object({
  url: z.string(),
  password: secret().optional(),
  headers: headerMap(),
  targets: z.array(z.union([z.string(), z.object({ name: z.string(), token: secret() })])).default([]),
});
const config = {
  url: "https://nas.lab",
  password: "hünter2 🔑",
  headers: { "X-Key": "abc" },
  targets: ["plain", { name: "two", token: "t-2" }],
};

test("what the schema marks is encrypted, everything else is as it was, and it comes back", () => {
  const sealed = vault.seal(row, schema, config);
  expect(sealed).toEqual({
    url: config.url,
    password: expect.stringMatching(/^enc:v1:[0-9a-f]{12}:/),
    headers: { "X-Key": expect.stringMatching(/^enc:v1:/) },
    targets: ["plain", { name: "two", token: expect.stringMatching(/^enc:v1:/) }],
  });
  expect(JSON.stringify(sealed)).not.toMatch(/hünter2|abc|t-2/);
  expect(vault.open(row, sealed)).toEqual(config);
  // Twice the same is not the same: equal passwords cannot be told.
  expect(vault.seal(row, schema, config).password).not.toBe(sealed.password);
});

test("without a schema every text is encrypted", () => {
  const sealed = vault.seal(row, undefined, config);
  expect(isSealed(sealed.url)).toBe(true);
  expect(vault.open(row, sealed)).toEqual(config);
});

test("a reference is no secret, and what is empty has nothing to hide", () => {
  const given = { ...config, password: `\${UNITY_SECRET_NAS}`, headers: { "X-Key": "file:/run/secrets/nas" } };
  expect(vault.seal(row, schema, given)).toMatchObject({ password: given.password, headers: given.headers });
});

test("what was moved to another field, row or table cannot be read, and stays as it is", () => {
  const { password } = vault.seal(row, schema, config);
  const moved = { ...config, headers: { "X-Key": password } };
  expect(vault.open(row, moved)).toEqual(moved);
  for (const elsewhere of [
    { table: "plugins", row: "two" },
    { table: "channels", row: "one" },
  ])
    expect(vault.open(elsewhere, { password })).toEqual({ password });
  expect(vault.open(row, { password })).toEqual({ password: config.password });
  expect(vault.explain(password ?? "").message).toMatch(/changed or moved/);
});

test("no changed bit goes unnoticed", () => {
  const { password: sealed = "" } = vault.seal(row, schema, config);
  const head = sealed.slice(0, sealed.lastIndexOf(":") + 1);
  const bytes = Buffer.from(sealed.slice(head.length), "base64url");
  for (let bit = 0; bit < bytes.length * 8; bit += 1) {
    const changed = Buffer.from(bytes);
    changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    const text = head + changed.toString("base64url");
    expect(vault.open(row, { password: text })).toEqual({ password: text });
  }
});

test("any text comes back as it was", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", minLength: 1 }), (text) => {
      fc.pre(!isSealed(text));
      expect(vault.open(row, vault.seal(row, undefined, { text }))).toEqual({ text });
    }),
  );
});

test("what is under another key says which, is kept by saving, and is encrypted anew by who has both", () => {
  const sealed = createVault([OTHER], OTHER.id).seal(row, schema, config);
  const opened = vault.open(row, sealed);
  expect(opened).toEqual(sealed);
  expect(vault.explain(sealed.password ?? "").message).toContain(OTHER.id);
  expect(vault.seal(row, schema, opened)).toEqual(sealed);
  expect(vault.reseal(row, sealed)).toEqual(sealed);
  const both = createVault([KEY, OTHER], KEY.id);
  const anew = both.reseal(row, sealed);
  expect(keyIdOf(anew.password ?? "")).toBe(KEY.id);
  expect(vault.open(row, anew)).toEqual(config);
  expect(both.reseal(row, anew)).toEqual(anew);
});

test.each([
  ["base64", Buffer.alloc(32, 1).toString("base64")],
  ["base64url without its end", Buffer.alloc(32, 1).toString("base64url")],
  ["hexadecimal", Buffer.alloc(32, 1).toString("hex").toUpperCase()],
])("a key is read as %s", (_, text) => {
  expect(readKey(text, "here").id).toBe(readKey(Buffer.alloc(32, 1).toString("base64"), "there").id);
});

test.each([
  "",
  "hunter2",
  Buffer.alloc(31, 1).toString("base64"),
  `${Buffer.alloc(32, 1).toString("base64")}=`,
  "=".repeat(44),
])("what is no key is refused without being repeated: %s", (text) => {
  const refused = () => readKey(text, "UNITY_SECRET_KEY");
  expect(refused).toThrow(/^UNITY_SECRET_KEY holds no key: it must be 32 bytes/);
  if (text) expect(refused).not.toThrow(text);
});

test("of a file with several keys the first is the one in use; a key is never printed", () => {
  const keys = readKeys(`# mine\n${makeKeyText()}\r\n\n${makeKeyText()}\n`, "file");
  expect(keys.map(({ id }) => id.length)).toEqual([12, 12]);
  expect(JSON.stringify(keys)).toContain('"cipher":"***"');
});
