import { parseArgs } from "node:util";
import { readEnv } from "../env";
import { messageOf } from "../errors";
import { WrongUse } from "../move/command";
import { type BackupSurroundings, createOutcome } from "./command-parts";
import { runBackup } from "./run-backup";
import { runRestore } from "./run-restore";

export const BACKUP_USAGE = `unity backup [file] [--secrets kept|passphrase|none] [--passphrase-file FILE] [--runs] [--from URL]
                       everything into one file, also while Unity runs. Secrets stay under the key of this Unity (kept), are put
                       under a passphrase of the file itself, or are left out
unity restore <file> [--to URL] [--passphrase-file FILE] [--without-secrets]
                       the other way, into an empty database

A passphrase is asked for at the terminal, or read from UNITY_BACKUP_PASSPHRASE or a file. Where one of these is given, a backup is made
under it. What is no terminal is told the outcome as one line of JSON.
`;

/** Runs `unity backup` or `restore`. @throws WrongUse; the signal's reason; Error that says what is wrong and what to do */
export async function runBackups(args: readonly string[], surroundings: BackupSurroundings): Promise<void> {
  const { values, positionals } = readCommand(args);
  const [command, file, ...more] = positionals;
  if (more.length > 0) throw new WrongUse(`"${more[0]}" is one word too many.`);
  const parts = { ...surroundings, values, known: readEnv(surroundings.env), ...createOutcome(surroundings) };
  if (command === "backup") return runBackup(file, parts);
  if (!file) throw new WrongUse("unity restore wants the name of a file.");
  return runRestore(file, parts);
}

function readCommand(args: readonly string[]) {
  const text = { type: "string" } as const;
  const flag = { type: "boolean" } as const;
  const common = { "passphrase-file": text };
  const backup = { ...common, secrets: text, runs: flag, from: text, "from-metrics": text };
  const restore = { ...common, "without-secrets": flag, to: text, "to-metrics": text };
  try {
    // Known together, so that one of the other command is told apart from a word that is none.
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { ...backup, ...restore },
    });
    const mine = positionals[0] === "backup" ? backup : restore;
    const other = Object.keys(values).find((name) => !Object.hasOwn(mine, name));
    if (other) throw new Error(`--${other} means nothing to unity ${positionals[0]}.`);
    return { values, positionals };
  } catch (error) {
    throw new WrongUse(messageOf(error));
  }
}
