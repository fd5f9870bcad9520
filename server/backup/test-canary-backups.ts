import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "vitest";
import { Secret } from "../secrets";
import type { Unity } from "../unity";
import { saveFile } from "./save-file";
import { unity as run } from "./test-backups";

/**
 * A backup of each kind into `archives`, and what comes of one elsewhere, where secrets lie under another key, into `data`. All of it is
 * there to be looked through, and so is what was said of it.
 */
export async function makeBackups(
  { backups }: Unity,
  { archives, data, passphrase }: { archives: string; data: string; passphrase: string },
): Promise<string[]> {
  if (!backups) throw new Error("It knows no place.");
  const choices = [
    { kind: "none" },
    { kind: "kept" },
    { kind: "passphrase", passphrase: new Secret(passphrase) },
  ] as const;
  for (const secrets of choices) {
    const { bytes, totals } = await backups.open({ secrets, runs: true });
    await saveFile(join(archives, secrets.kind), bytes);
    expect(totals()?.rows).toBeGreaterThan(200);
  }
  await mkdir(data);
  const env = { UNITY_DATA: data, UNITY_BACKUP_PASSPHRASE: passphrase };
  const { outcome, said } = await run(["restore", join(archives, "passphrase")], env);
  return [JSON.stringify(outcome), said];
}
