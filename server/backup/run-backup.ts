import { stat } from "node:fs/promises";
import { join } from "node:path";
import { readEnd, samplesOf, WrongUse } from "../move/command";
import { showEnd } from "../move/open-ends";
import type { BackupHeader } from "../move/piece";
import { startProgress, toBytes } from "../move/progress";
import { describeSecrets, type Parts, passphrasesOf, progressOf, readPlugins } from "./command-parts";
import { chooseArchivePassphrase } from "./find-passphrase";
import { nameBackup } from "./name-backup";
import { openBackup, type SecretsChoice } from "./open-backup";
import { saveFile } from "./save-file";

const KINDS = ["kept", "passphrase", "none"] as const;

/** `unity backup`. */
export async function runBackup(given: string | undefined, parts: Parts): Promise<void> {
  const { values, known, env, signal, say, tell } = parts;
  const file = await nameFile(given);
  const end = readEnd("from", values, env);
  const secrets = await chooseSecrets(parts);
  const plugin = await readPlugins(say);
  let progress: ReturnType<typeof startProgress> | undefined;
  let bytes = 0;
  const backup = await openBackup(
    { ...end, keys: known.keys, plugin },
    {
      ...{ secrets, runs: values.runs ?? false, signal },
      wrote(piece) {
        progress?.add(samplesOf(piece), "data" in piece ? piece.data.length : 0);
      },
    },
  );
  try {
    const total = backup.header.samples;
    progress = startProgress(progressOf(parts), { title: "backup", total, done: ({ samples }) => samples });
    bytes = await saveFile(file, backup.bytes());
    progress.end();
  } finally {
    await backup.close();
  }
  const { samples, series, rows, rollups } = backup.totals() ?? { samples: 0, series: 0, rows: 0, rollups: 0 };
  const { header } = backup;
  const lost = backup.lost();
  if (lost !== "") say(`The secrets of ${lost} are under a key that is not here, and stay under it in the backup.`);
  tell(
    {
      ...{ file, bytes, samples, series, rollups, rows, database: showEnd(end), unity: header.unity },
      at: new Date(header.createdAt).toISOString(),
      secrets: describeSecrets(header.backup.secrets),
    },
    [
      `${file}: ${samples} samples of ${series} series, ${rows} rows of configuration and history, ${toBytes(bytes)}.`,
      sayOfSecrets(header.backup.secrets),
    ],
  );
}

function sayOfSecrets(secrets: BackupHeader["secrets"]): string {
  switch (secrets.kind) {
    case "none":
      return "No secrets are in it, and no people: after a restore each is entered anew, and the first visitor administers.";
    case "kept":
      return `Its secrets are encrypted under the key ${secrets.key} of this Unity, which is not in it: keep a copy of that key elsewhere. A thief of the file alone has no use of it, and neither have you.`;
    case "passphrase":
      return "Its secrets are encrypted under its passphrase: who restores it needs that, and no key.";
  }
  return secrets satisfies never;
}

async function nameFile(given: string | undefined): Promise<string> {
  const isFolder = async (name: string) => (await stat(name).catch(() => undefined))?.isDirectory() ?? false;
  const name = nameBackup(new Date());
  const file = given === undefined ? name : (await isFolder(given)) ? join(given, name) : given;
  const known = await stat(file).catch(() => undefined);
  if (known) throw new Error(`${file} is there already. Choose another name, or delete it.`);
  return file;
}

async function chooseSecrets(parts: Parts): Promise<SecretsChoice> {
  const { values, known } = parts;
  const isGiven = known.backupPassphrase !== undefined || values["passphrase-file"] !== undefined;
  const wanted = values.secrets ?? (isGiven ? "passphrase" : "kept");
  const kind = KINDS.find((one) => one === wanted);
  if (!kind) throw new WrongUse(`--secrets is ${wanted}, but must be ${KINDS.join(", ")}.`);
  if (kind !== "passphrase" && values["passphrase-file"] !== undefined)
    throw new WrongUse(`--secrets ${kind} takes no passphrase.`);
  if (kind !== "passphrase") return { kind };
  return { kind, passphrase: await chooseArchivePassphrase(passphrasesOf(parts)) };
}
