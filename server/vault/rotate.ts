import { appendFile, chmod, readFile, rename, rm } from "node:fs/promises";
import type { Connection } from "../db/database";
import { makeKeyText, readKeys } from "./key";
import { explainWrongKey, readMark, setMark } from "./open-vault";
import { type KeyPlaces, type Keys, readAllKeys, writeOnce } from "./read-keys";
import { keyIdsOf, readSecretRows, rewriteSecrets, SECRET_TABLES, type SecretRow } from "./secret-rows";
import { createVault } from "./vault";

interface Rotating {
  readonly places: KeyPlaces;
  /** The database, for people. */
  readonly shown: string;
  say(line: string): void;
}

/**
 * Encrypts every secret anew under the first of the keys, and makes a new key where Unity keeps its own. An interrupted one goes on where
 * it was: what is under a former key stays readable until all is done. @throws Error that says what is missing
 */
export async function rotateSecrets(connection: Connection, { places, shown, say }: Rotating): Promise<void> {
  const mark = await readMark(connection);
  if (mark === undefined) throw new Error(`Nothing is encrypted in ${shown} yet: start Unity once.`);
  const found = await readAllKeys(places);
  if (!found.keys.some(({ id }) => id === mark)) throw await explainWrongKey(connection, { found, mark, shown });
  const isBegun = found.keys[0]?.id !== mark || (await listOthers(connection, found)).length > 0;
  if (!isBegun && !found.ownFile)
    throw new Error(
      `Every secret is encrypted under ${found.shown} already. Set the new key there and the one it is now as UNITY_SECRET_KEY_OLD, then run this again.`,
    );
  if (!isBegun && found.ownFile) await putKeyFirst(found.ownFile);
  if (isBegun) say("It goes on where it was interrupted.");
  const { keys } = await readAllKeys(places);
  const writing = keys[0]?.id ?? mark;
  // Before the first of them: whoever is started now must not write under the former one.
  await setMark(connection, writing);
  await reseal(connection, { keys, writing, say });
  if (found.ownFile) await retireFormer(found.ownFile, say);
}

/** Encrypts under one key what is readable under others. @returns the rows that are not */
export async function reseal(
  connection: Connection,
  { keys, writing, say }: { keys: Keys["keys"]; writing: string; say: Rotating["say"] },
): Promise<SecretRow[]> {
  const vault = createVault(keys, writing);
  let changed = 0;
  for (const table of SECRET_TABLES)
    changed += await rewriteSecrets(connection, table, ({ row, value }) => vault.reseal({ table, row }, value));
  if (changed > 0) {
    await connection.scrub();
    say(`The secrets of ${changed} rows are encrypted anew, under the key ${writing}.`);
  }
  return (await readSecretRows(connection)).filter((row) => keyIdsOf(row).some((id) => id !== writing));
}

/** Rows under a key that is here, but not the first. */
async function listOthers(connection: Connection, { keys }: Keys): Promise<SecretRow[]> {
  const former = new Set(keys.slice(1).map(({ id }) => id));
  return (await readSecretRows(connection)).filter((row) => keyIdsOf(row).some((id) => former.has(id)));
}

async function putKeyFirst(file: string): Promise<void> {
  await replaceFile(file, `${makeKeyText()}\n${await readFile(file, "utf8")}`);
}

/** Copies of the database from before want the former key; Unity itself does not. */
async function retireFormer(file: string, say: Rotating["say"]): Promise<void> {
  const [first = "", ...former] = (await readFile(file, "utf8")).split("\n").filter((line) => line.trim() !== "");
  if (former.length === 0) return;
  const retired = `${file}.former`;
  await appendFile(retired, `${former.join("\n")}\n`, { mode: 0o600, flush: true });
  await chmod(retired, 0o600);
  await replaceFile(file, `${first}\n`);
  const ids = readKeys(former.join("\n"), file).map(({ id }) => id);
  say(
    `The former key ${ids.join(" and ")} is in ${retired}, for copies of the database from before. Delete it when you need none of them.`,
  );
}

async function replaceFile(file: string, text: string): Promise<void> {
  const draft = `${file}.new`;
  await rm(draft, { force: true });
  await writeOnce(draft, text);
  await rename(draft, file);
}
