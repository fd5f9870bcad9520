import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { readEnv } from "../env";
import { createLog } from "../log";
import type { Stores } from "../open-stores";
import { encryptPlain } from "../stored-secrets";
import { openVault } from "../vault/open-vault";
import { runMoving } from "./command";
import { closeFile, makeFolder, openFile } from "./test-folder";
import { addConfiguration } from "./test-installation";

type Env = Record<string, string>;
const KEYS = [1, 2].map((byte) => Buffer.alloc(32, byte).toString("base64"));
const [ONE = "", TWO = ""] = KEYS;

/** @returns what it said */
async function unity(args: readonly string[], env: Env): Promise<string> {
  const said: string[] = [];
  const screen = { isTTY: false, columns: 80, write: (text: string) => said.push(text) };
  await runMoving(args, { env, signal: new AbortController().signal, screen });
  return said.join("");
}

const vaultOf = ({ connection }: Pick<Stores, "connection">, env: Env) =>
  openVault(connection, readEnv(env).keys, { shown: "it", log: createLog("silent") });

/** As Unity leaves it. */
async function makeEncrypted(file: string, env: Env): Promise<void> {
  const stores = await openFile(file);
  await addConfiguration(stores);
  const vault = await vaultOf(stores, env);
  await encryptPlain(stores.connection, { vault, plugin: () => undefined, log: createLog("silent") });
  await closeFile(stores);
}

async function passwordIn(file: string, env: Env, id = "instance-1"): Promise<unknown> {
  const stores = await openFile(file);
  try {
    const vault = await vaultOf(stores, env);
    const { plugins } = stores.connection.schema;
    const [row] = await stores.connection.db.select().from(plugins).where(eq(plugins.id, id));
    return vault.open({ table: "plugins", row: id }, row?.config)?.password;
  } finally {
    await closeFile(stores);
  }
}
const PASSWORD = "Robert'); drop table plugins; --";

test("an archive has its secrets encrypted, and says under which key; without it they are not read", async () => {
  const folder = await makeFolder();
  const at = (name: string) => join(folder, `${name}.db`);
  const env = { UNITY_DATA: folder, UNITY_SECRET_KEY: ONE };
  await makeEncrypted(at("a"), env);
  const archive = join(folder, "a.unity");
  expect(await unity(["export", archive, "--from", `sqlite:${at("a")}`], env)).toMatch(
    /encrypted under the key [0-9a-f]{12}: whoever imports it needs that key/,
  );
  // The same text is an instance's name, which is no secret: it stands there as often as it is one.
  expect((await readFile(archive, "utf8")).match(/"password":"(?!enc:v1:)/)).toBeNull();
  const without = { UNITY_DATA: join(folder, "elsewhere") };
  const said = await unity(["import", archive, "--to", `sqlite:${at("b")}`], without);
  expect(said).toMatch(
    /which is not here\.\nBefore you start Unity on it, copy the file secret\.key .*elsewhere\/secret\.key/,
  );
  await expect(passwordIn(at("b"), without)).rejects.toThrow("this Unity has none");
  expect(await passwordIn(at("b"), env)).toBe(PASSWORD);
});

test("beside what is there, secrets are put under its key where both are known, and named where not", async () => {
  const folder = await makeFolder();
  const at = (name: string) => join(folder, `${name}.db`);
  await makeEncrypted(at("a"), { UNITY_DATA: folder, UNITY_SECRET_KEY: ONE });
  const target = { UNITY_DATA: folder, UNITY_SECRET_KEY: TWO };
  for (const name of ["b", "c"]) {
    const stores = await openFile(at(name));
    await vaultOf(stores, target);
    await closeFile(stores);
  }
  const move = (name: string) => ["move", "--from", `sqlite:${at("a")}`, "--to", `sqlite:${at(name)}`, "--merge"];
  const alone = await unity(move("b"), target);
  expect(alone).toMatch(
    /Those of instance "plain", .* are under the key .* cannot be read under that of this database/,
  );
  expect(await passwordIn(at("b"), target)).toMatch(/^enc:v1:/);
  const both = await unity(move("c"), { ...target, UNITY_SECRET_KEY_OLD: ONE });
  expect(both).toMatch(/are encrypted anew, under the key/);
  expect(await passwordIn(at("c"), target)).toBe(PASSWORD);
});

test("what was never encrypted says so", async () => {
  const folder = await makeFolder();
  const stores = await openFile(join(folder, "a.db"));
  await addConfiguration(stores);
  await closeFile(stores);
  const said = await unity(["export", join(folder, "a.unity"), "--from", `sqlite:${join(folder, "a.db")}`], {
    UNITY_DATA: folder,
  });
  expect(said).toContain("as they were entered: keep it as you keep those");
});
