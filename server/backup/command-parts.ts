import { loadRegistry } from "../collect/registry";
import type { Env } from "../env";
import type { BackupHeader } from "../move/piece";
import type { Screen } from "../move/progress";
import { folders } from "../places";
import type { Keyboard } from "./ask-hidden";
import type { Passphrases } from "./find-passphrase";

export interface BackupSurroundings {
  readonly env: Record<string, string | undefined>;
  readonly signal: AbortSignal;
  /** For people. */
  readonly screen: Screen;
  /** The outcome: words for people at a terminal, else JSON. */
  readonly out: Screen;
  readonly keyboard: Keyboard;
  /** Ctrl-C while a passphrase is asked for. */
  interrupt(): void;
}

/** What options said. */
export interface BackupValues {
  readonly secrets?: string;
  readonly runs?: boolean;
  readonly from?: string;
  readonly "from-metrics"?: string;
  readonly to?: string;
  readonly "to-metrics"?: string;
  readonly "without-secrets"?: boolean;
  readonly "passphrase-file"?: string;
}

interface Outcome {
  say(line: string): void;
  /** At the end: the lines to people, the facts to programs, with what was said before. */
  tell(facts: Readonly<Record<string, unknown>>, lines: readonly string[]): void;
}

export function createOutcome({ screen, out }: Pick<BackupSurroundings, "screen" | "out">): Outcome {
  const notes: string[] = [];
  const show = (line: string) => void screen.write(`${line}\n`);
  if (out.isTTY)
    return {
      say: show,
      tell: (_, lines) => lines.forEach(show),
    };
  return {
    say: (line) => void notes.push(line),
    tell: (facts) => void out.write(`${JSON.stringify({ ...facts, notes })}\n`),
  };
}

export interface Parts extends BackupSurroundings, Outcome {
  readonly values: BackupValues;
  readonly known: Env;
}

/** Whoever is told by JSON is told at the end. */
const NOBODY: Screen = { isTTY: false, write: () => true };
export const progressOf = ({ screen }: Parts): Screen => (screen.isTTY ? screen : NOBODY);

export const passphrasesOf = ({ values, known, ...rest }: Parts): Passphrases => ({
  ...rest,
  file: values["passphrase-file"],
  given: known.backupPassphrase,
});

/** Which of their settings are secret. */
export async function readPlugins(say: (line: string) => void) {
  const warn = (_: unknown, line?: string) => say(line ?? "a plugin is broken and was left out");
  return (await loadRegistry(folders.plugins, { warn })).get;
}

/** For programs. */
export const describeSecrets = (secrets: BackupHeader["secrets"]) =>
  secrets.kind === "kept" ? { kind: secrets.kind, key: secrets.key } : { kind: secrets.kind };
