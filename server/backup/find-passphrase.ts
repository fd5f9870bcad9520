import { readFile } from "node:fs/promises";
import { messageOf } from "../errors";
import { WrongUse } from "../move/command";
import type { Screen } from "../move/progress";
import { Secret } from "../secrets";
import { isOpenToOthers } from "../vault/read-keys";
import { askHidden, type Keyboard } from "./ask-hidden";
import { problemOfPassphrase } from "./passphrase-rule";

export interface Passphrases {
  /** Of the option; comes first. */
  readonly file: string | undefined;
  /** Of the variable. */
  readonly given: Secret | undefined;
  readonly keyboard: Keyboard;
  readonly screen: Screen;
  interrupt(): void;
  readonly signal: AbortSignal;
  say(line: string): void;
}

/** For a new archive. @throws WrongUse where there is none, or nobody to ask; Error for one that is too short */
export async function chooseArchivePassphrase(from: Passphrases): Promise<Secret> {
  const given = await readGiven(from);
  const chosen = given ?? new Secret(await ask("Passphrase of the archive: ", from));
  const problem = problemOfPassphrase(chosen);
  if (problem !== undefined) throw new Error(problem);
  if (!given && (await ask("Once more: ", from)) !== chosen.reveal())
    throw new Error("The two are not the same. Nothing was written; try again.");
  return chosen;
}

/** Of an archive that there is. @throws WrongUse where there is none, and nobody to ask */
export const findArchivePassphrase = async (from: Passphrases): Promise<Secret> =>
  (await readGiven(from)) ?? new Secret(await ask("Passphrase of the archive: ", from));

async function readGiven({ file, given, say }: Passphrases): Promise<Secret | undefined> {
  if (file === undefined) return given;
  const text = await readFile(file, "utf8").catch((error: unknown) => {
    throw new Error(`The file of the passphrase cannot be read: ${messageOf(error)}`, { cause: error });
  });
  const [line = ""] = text.split(/\r?\n/);
  if (line === "") throw new Error(`${file} has no passphrase in its first line.`);
  if (await isOpenToOthers(file)) say(`Others may read ${file}: chmod 600 it.`);
  return new Secret(line);
}

async function ask(question: string, { keyboard, screen, interrupt, signal }: Passphrases): Promise<string> {
  if (!keyboard.isTTY)
    throw new WrongUse(
      "The archive wants a passphrase, and there is no terminal to ask at. Set UNITY_BACKUP_PASSPHRASE, or name a file with --passphrase-file.",
    );
  return askHidden(question, { keyboard, screen, interrupt, signal });
}
