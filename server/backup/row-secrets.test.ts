import { expect, test } from "vitest";
import { Secret } from "../secrets";
import { encrypt } from "../vault/cipher";
import { makeKeyText, readKey } from "../vault/key";
import { deriveKey, makeRecipe } from "./archive-key";
import { leaveOutSecrets, openFromArchive, sealForArchive } from "./row-secrets";

const [HERE, THERE] = [makeKeyText(), makeKeyText()].map((text) => readKey(text, "the test")) as [
  ReturnType<typeof readKey>,
  ReturnType<typeof readKey>,
];
const ARCHIVE = readKey(makeKeyText(), "the test");
const plugin = () => undefined;
const notNull = { notNull: true } as never;
const accounts = { name: "accounts", key: "id", columns: { password: {} as never } };
const users = { name: "two_factors", key: "id", columns: { secret: notNull, backupCodes: notNull } };

test("what passwords are checked against is encrypted in an archive, and as it was in the database it comes to", () => {
  const row = { id: "1", userId: "u", password: "scrypt:HASH", accessToken: null };
  const sealed = sealForArchive({ keys: [ARCHIVE, HERE], writing: ARCHIVE, plugin }).change(accounts, row);
  expect(sealed).toMatchObject({
    id: "1",
    userId: "u",
    password: expect.stringMatching(/^enc:v1:/),
    accessToken: null,
  });
  expect(openFromArchive({ keys: [ARCHIVE, THERE], writing: THERE.id }).change(accounts, sealed ?? {})).toEqual(row);
  expect(leaveOutSecrets(plugin).change(accounts, row)).toEqual({ ...row, password: null });
});

test("what the vault encrypted in such a column stays encrypted there", () => {
  const path: string[] = [];
  const row = {
    id: "1",
    secret: encrypt(HERE, "TOTP", { table: "two_factors", row: "1", path }),
    backupCodes: "CODES",
  };
  const sealed = sealForArchive({ keys: [ARCHIVE, HERE], writing: ARCHIVE, plugin }).change(users, row);
  const opened = openFromArchive({ keys: [ARCHIVE, THERE], writing: THERE.id }).change(users, sealed ?? {});
  expect(opened).toMatchObject({ secret: expect.stringContaining(`enc:v1:${THERE.id}:`), backupCodes: "CODES" });
  expect(leaveOutSecrets(plugin).change(users, row)).toEqual({ id: "1", secret: "", backupCodes: "" });
});

test("what cannot be read goes on as it is, and whose it is is known", () => {
  const lost = readKey(makeKeyText(), "the test");
  const password = encrypt(lost, "x", { table: "plugins", row: "1", path: ["password"] });
  const plugins = { name: "plugins", key: "id", columns: {} };
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
