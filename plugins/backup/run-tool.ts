import { type CollectContext, CollectError, type ExecAnswer, type Reason } from "../sdk";
import type { Config } from "./config";
import { scrub } from "./scrub";

export type Context = CollectContext<Config>;

/** Opening a repository far away, and its list of snapshots. */
export const LIST_MS = 60_000;
/** Adding up sizes reads all indexes. */
export const STATS_MS = 120_000;
/** With the others less than a run may take. */
export const CHECK_MS = 300_000;

/** What a program's complaint means. The first that fits. */
export type Meanings = readonly (readonly [words: RegExp, reason: Reason, hint?: string])[];

/** What both say when the network is at fault. */
export const NETWORK: Meanings = [
  [/no such host|could not resolve|name or service not known|temporary failure in name/i, "dns"],
  [/x509|certificate/i, "tls", "Name the CA by RESTIC_CACERT or in the system, see the README."],
  [/connection refused|no route to host|network is unreachable|connection reset/i, "unreachable"],
  [/i\/o timeout|timed out|deadline exceeded/i, "timeout"],
  [/host key verification failed/i, "tls", "Log in once by ssh as the user Unity runs as, to accept the host's key."],
  [/permission denied|access ?denied|forbidden/i, "permission", "Let the user Unity runs as read the repository."],
];

/** What stands in a complaint beside its kind. */
export function failureOf(
  tool: string,
  { code, stderr }: ExecAnswer,
  meanings: Meanings,
  config: Config,
): CollectError {
  const [, reason, hint] = meanings.find(([words]) => words.test(stderr)) ?? [undefined, "protocol" as const];
  const said = scrub(stderr, config);
  return new CollectError(reason, `${tool}: ${said === "" ? `it ended with ${code}` : said}`, { hint });
}

/** @throws CollectError `parse` */
export function parseJson(tool: string, stdout: string): unknown {
  try {
    return JSON.parse(stdout);
  } catch (error) {
    throw new CollectError("parse", `${tool} printed something else than its JSON.`, { cause: error });
  }
}

export const unknownShape = (tool: string) => new CollectError("parse", `${tool} answered in an unknown shape.`);
