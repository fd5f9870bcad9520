import { randomBytes } from "node:crypto";
import { link, open, readFile, rm, stat } from "node:fs/promises";
import { setTimeout as pause } from "node:timers/promises";
import { errorCode } from "../../plugins/sdk/errors";
import { messageOf } from "../errors";
import type { Secret } from "../secrets";
import { type Key, makeKeyText, readKey, readKeys } from "./key";

/** Where keys may be. */
export interface KeyPlaces {
  readonly key: Secret | undefined;
  /** What secrets were encrypted under before; several with commas between. */
  readonly old: Secret | undefined;
  readonly file: string | undefined;
  /** In the data folder; Unity makes it when it is given no other. */
  readonly ownFile: string;
}

export interface Keys {
  /** The one to encrypt under comes first; empty when there is none yet. */
  readonly keys: readonly Key[];
  /** Where the first is from, or would be made, for people. */
  readonly shown: string;
  /** The file that Unity itself may write; undefined where people said which key it is. */
  readonly ownFile: string | undefined;
}

/** @throws Error that names what is no key, or no file */
export async function readAllKeys({ key, old, file, ownFile }: KeyPlaces): Promise<Keys> {
  if (key && file) throw new Error("UNITY_SECRET_KEY and UNITY_SECRET_KEY_FILE are both given. Unset one of them.");
  const own = await readKeyFile(ownFile);
  const given = await readGiven(key, file);
  const former = old ? readKeys(old.reveal().replaceAll(",", "\n"), "UNITY_SECRET_KEY_OLD") : [];
  return {
    keys: withoutRepeats([...(given ?? []), ...(own ?? []), ...former]),
    shown: key ? "UNITY_SECRET_KEY" : (file ?? ownFile),
    ownFile: given ? undefined : ownFile,
  };
}

async function readGiven(key: Secret | undefined, file: string | undefined): Promise<Key[] | undefined> {
  if (key) return [readKey(key.reveal().trim(), "UNITY_SECRET_KEY")];
  if (file === undefined) return undefined;
  const keys = await readKeyFile(file);
  if (!keys) throw new Error(`UNITY_SECRET_KEY_FILE is ${file}, which is not there. Make it, or unset the variable.`);
  return keys;
}

/** Where links cannot be made, another process may be writing it just now. */
const TRIES = 20;
const TRY_AGAIN_MS = 50;

/** @returns undefined when it is not there */
async function readKeyFile(file: string): Promise<Key[] | undefined> {
  for (let tried = 1; ; tried++) {
    let text: string;
    try {
      text = await readFile(file, "utf8");
    } catch (error) {
      if (errorCode(error) === "ENOENT") return undefined;
      throw new Error(`The key file ${file} cannot be read: ${messageOf(error)}`, { cause: error });
    }
    if (text.endsWith("\n") || tried === TRIES) return requireSome(readKeys(text, file), file);
    if (text.trim() !== "" && tried > 1) return readKeys(text, file);
    await pause(TRY_AGAIN_MS);
  }
}

function requireSome(keys: Key[], file: string): Key[] {
  if (keys.length > 0) return keys;
  throw new Error(
    `The key file ${file} is empty. Put the key back into it, or delete it where there are no secrets yet.`,
  );
}

/** Whether others than its owner may read it. */
export async function isOpenToOthers(file: string): Promise<boolean> {
  const { mode } = await stat(file);
  return (mode & 0o077) !== 0;
}

/**
 * A key of its own for this installation, for its owner's eyes only. Of several processes that do it at once, one makes it, and all
 * have that one.
 */
export async function makeKeyFile(file: string): Promise<Key[]> {
  const text = `${makeKeyText()}\n`;
  const draft = `${file}.${randomBytes(6).toString("hex")}`;
  await writeOnce(draft, text);
  try {
    // Unlike a rename it fails where there is one already; and nobody sees half of it.
    await link(draft, file);
  } catch (error) {
    const code = errorCode(error);
    // Some network and FAT file systems have no links.
    if (code !== "EEXIST") await writeOnce(file, text).catch(ignoreThere);
  } finally {
    await rm(draft, { force: true });
  }
  return (await readKeyFile(file)) ?? [];
}

export async function writeOnce(file: string, text: string): Promise<void> {
  const handle = await open(file, "wx", 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function ignoreThere(error: unknown): void {
  if (errorCode(error) !== "EEXIST") throw error;
}

const withoutRepeats = (keys: readonly Key[]) => [...new Map(keys.map((key) => [key.id, key])).values()];
