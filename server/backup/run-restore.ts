import { postgres } from "../../drizzle/dialects/postgres";
import { defineSchema } from "../../drizzle/schema";
import { readEnd, samplesOf, sayFilled } from "../move/command";
import { showEnd } from "../move/open-ends";
import { startProgress } from "../move/progress";
import { openBackupFile } from "./check-backup";
import { describeSecrets, type Parts, passphrasesOf, progressOf, readPlugins } from "./command-parts";
import { findArchivePassphrase } from "./find-passphrase";
import { restoreBackup } from "./restore-backup";
import { unlockBackup } from "./unlock-backup";

/** `unity restore`. */
export async function runRestore(file: string, parts: Parts): Promise<void> {
  const { values, known, env, signal, screen, say, tell } = parts;
  const end = readEnd("to", values, env);
  const archive = await openBackupFile(file, defineSchema(postgres), signal);
  try {
    const unlocked = await unlockBackup(archive, {
      ...{ name: file, keys: known.keys, withoutSecrets: values["without-secrets"] ?? false },
      passphrase: () => findArchivePassphrase(passphrasesOf(parts)),
    });
    let offset = 0;
    const passed = { title: "restore", total: archive.bytes, done: () => offset };
    let progress: ReturnType<typeof startProgress> | undefined;
    const words = (_: unknown, line?: string) => say(`${showEnd(end)}: ${line}`);
    const restored = await restoreBackup(end, {
      ...{ archive, unlocked, signal, keys: known.keys, samples: known.samples },
      plugin: await readPlugins(say),
      log: { info: words, warn: words },
      begins({ position }) {
        if (position.series >= 0) say("It goes on where it was interrupted.");
        progress = startProgress(progressOf({ ...parts, screen }), passed);
      },
      took(piece, bytes) {
        offset += bytes;
        progress?.add(samplesOf(piece), bytes);
      },
    });
    progress?.end();
    const lines: string[] = [];
    sayFilled(restored, end, (line) => void lines.push(line));
    if (restored.lost !== "") say(`The secrets of ${restored.lost} are under a key that is not here: enter them anew.`);
    if (unlocked.kind === "none")
      lines.push(
        "It has no secrets, and no people: enter each in its instance or channel; the first visitor administers.",
      );
    const { samples, rollups, series, rows } = restored;
    const { unity, createdAt, backup } = archive.header;
    tell(
      {
        ...{ file, database: showEnd(end), samples, series, rollups, rows, unity },
        at: new Date(createdAt).toISOString(),
        secrets: unlocked.kind === "none" ? { kind: "none" } : describeSecrets(backup.secrets),
      },
      lines,
    );
  } finally {
    await archive.close();
  }
}
