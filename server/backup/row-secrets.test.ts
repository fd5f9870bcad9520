import { expect, test } from "vitest";
import { Secret } from "../secrets";
import { encrypt } from "../vault/cipher";
import { makeKeyText, readKey } from "../vault/key";
import { createVault } from "../vault/vault";
import { deriveKey, makeRecipe } from "./archive-key";
import { leaveOutSecrets, openFromArchive, sealForArchive, takePlainSecrets } from "./row-secrets";

const [HERE, THERE] = [makeKeyText(), makeKeyText()].map((text) => readKey(text, "the test")) as [
  ReturnType<typeof readKey>,
  ReturnType<typeof readKey>,
];
const ARCHIVE = readKey(makeKeyText(), "the test");
const plugin = () => undefined;
const tableOf = (name: string) => ({ name, key: name === "settings" ? "key" : "id" });

test("what passwords are checked against is encrypted in an archive, and as it was in the database it comes to", () => {
  const row = { id: "1", userId: "u", password: "scrypt:HASH", accessToken: null };
  const accounts = tableOf("accounts");
  const sealed = sealForArchive({ keys: [ARCHIVE, HERE], writing: ARCHIVE, plugin }).change(accounts, row);
  expect(sealed).toEqual({ ...row, password: expect.stringContaining(`enc:v1:${ARCHIVE.id}:`) });
  expect(openFromArchive({ keys: [ARCHIVE, THERE], writing: THERE.id }).change(accounts, sealed ?? {})).toEqual(row);
  const moved = { ...sealed, id: "2" };
  expect(openFromArchive({ keys: [ARCHIVE], writing: ARCHIVE.id }).change(accounts, moved)?.password).toMatch(/^enc:/);
});

test("without secrets nobody is in it who could not sign in any more, nor a key that others would know", () => {
  const secrets = leaveOutSecrets(plugin);
  for (const name of ["users", "accounts", "two_factors", "passkeys", "api_tokens"])
    expect(secrets.change(tableOf(name), { id: "1" }), name).toBeUndefined();
  const settings = tableOf("settings");
  for (const key of ["secrets.key", "accounts.secret", "notify.key", "web_push_keys"]) {
    const value = { secret: "x", publicKey: "x", privateKey: "x", id: "0" };
    expect(secrets.change(settings, { key, value: key === "notify.key" ? "x" : value }), key).toBeUndefined();
  }
  const later = {
    key: "later",
    value: { token: encrypt(HERE, "x", { table: "settings", row: "later", path: ["token"] }) },
  };
  expect(secrets.change(settings, later)).toBeUndefined();
  expect(secrets.change(settings, { key: "retention", value: { rawDays: 3 } })).toBeDefined();
});

test("from an archive that nobody signed comes no person, no key, and nothing that was encrypted elsewhere", () => {
  const secrets = takePlainSecrets({ vault: createVault([HERE], HERE.id), plugin });
  expect(secrets.change(tableOf("users"), { id: "1", role: "admin" })).toBeUndefined();
  const known = { key: "accounts.secret", value: { secret: "known" } };
  expect(secrets.change(tableOf("settings"), known)).toBeUndefined();
  const token = encrypt(HERE, "x", { table: "channels", row: "1", path: ["token"] });
  const channel = { id: "1", kind: "gotify", name: "Phone", config: { url: "http://evil", token } };
  expect(secrets.change(tableOf("channels"), channel)).toMatchObject({ config: { url: "http://evil", token: "" } });
  const plain = { ...channel, config: { url: "http://gotify", token: "PLAIN" } };
  expect(JSON.stringify(secrets.change(tableOf("channels"), plain))).toMatch(/"token":"enc:v1:/);
});

test("what cannot be read goes on as it is, and whose it is is known", () => {
  const lost = readKey(makeKeyText(), "the test");
  const password = encrypt(lost, "x", { table: "plugins", row: "1", path: ["password"] });
  const plugins = tableOf("plugins");
  const secrets = sealForArchive({ keys: [HERE], writing: HERE, plugin });
  expect(secrets.change(plugins, { id: "1", plugin: "nas", name: "NAS", config: { password } })).toMatchObject({
    config: { password },
  });
  expect(secrets.lost()).toMatchObject([{ table: "plugins", name: "NAS" }]);
});

test("one passphrase makes one key, however it was typed; what an archive asks for has a bound", async () => {
  const recipe = makeRecipe();
  const [composed, apart] = await Promise.all(
    ["caf\u00e9 au lait", "cafe\u0301 au lait"].map((text) => deriveKey(new Secret(text), recipe)),
  );
  expect(composed?.id).toBe(apart?.id);
  expect((await deriveKey(new Secret("caf\u00e9 au lait"), makeRecipe())).id).not.toBe(composed?.id);
  for (const wrong of [
    { cost: 2 ** 30 },
    { cost: 1_000 },
    { blockSize: 2 ** 20 },
    { parallelization: 1_000 },
    { cost: 0 },
  ])
    await expect(deriveKey(new Secret("x"), { ...recipe, ...wrong })).rejects.toThrow("no Unity writes");
});
