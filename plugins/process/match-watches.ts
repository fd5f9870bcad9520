import { CollectError, type Reason } from "../sdk";
import { readCommand } from "./command";
import type { Context, Seen } from "./read-processes";
import { isProgram } from "./sums";
import type { Watch } from "./watch-rule";

/** The processes of one watch. */
export interface Matched {
  readonly watch: Watch;
  readonly members: Seen[];
  /** Why some process could not be told to belong or not. */
  unknown: Reason | undefined;
}

/** What was found out about a process; numbers are places in the list of watches. Plain data, kept between runs. */
interface Verdict {
  readonly pid: number;
  readonly startTicks: number;
  readonly comm: string;
  readonly uid: string;
  readonly fits: readonly number[];
  readonly unknown: readonly (readonly [index: number, reason: Reason])[];
}

/**
 * Finds the processes of each watch. A verdict stands while name and user do: texts of processes are hostile and looking for a
 * pattern costs time, so that each is looked at once.
 *
 * @param refresh looks again at paths and command lines, which may change under the same name
 */
export async function matchWatches(
  context: Context,
  {
    watches,
    processes,
    userOf,
  }: { watches: readonly Watch[]; processes: readonly Seen[]; userOf(uid: string): string },
  refresh: boolean,
): Promise<Matched[]> {
  const all = watches.map((watch): Matched => ({ watch, members: [], unknown: undefined }));
  const kept = refresh ? [] : (context.memory.recall<readonly Verdict[]>("verdicts")?.value ?? []);
  const known = new Map(kept.map((verdict) => [verdict.pid, verdict]));
  const verdicts: Verdict[] = [];
  for (const process of processes.filter(isProgram)) {
    const before = known.get(process.pid);
    const verdict = before && stands(before, process) ? before : await judge(context, watches, process, userOf);
    // Whatever waits for a disk now can be asked the next time.
    if (verdict.unknown.length === 0 || process.state !== "disk_sleep") verdicts.push(verdict);
    for (const index of verdict.fits) all[index]?.members.push(process);
    for (const [index, reason] of verdict.unknown) {
      const matched = all[index];
      if (matched) matched.unknown ??= reason;
    }
  }
  context.memory.keep("verdicts", verdicts);
  return all;
}

const stands = (verdict: Verdict, { startTicks, comm, details }: Seen) =>
  verdict.startTicks === startTicks && verdict.comm === comm && verdict.uid === details?.uid;

async function judge(
  context: Context,
  watches: readonly Watch[],
  process: Seen,
  userOf: (uid: string) => string,
): Promise<Verdict> {
  const { pid, startTicks, comm } = process;
  const uid = process.details?.uid ?? "";
  const fits: number[] = [];
  const unknown: [number, Reason][] = [];
  const texts = new Map<string, Promise<Text>>();
  for (const [index, watch] of watches.entries()) {
    if (watch.user !== undefined && watch.user !== userOf(uid) && watch.user !== uid) continue;
    const reading = texts.get(watch.match) ?? readText(context, watch.match, process);
    texts.set(watch.match, reading);
    const answer = fitsText(watch, await reading);
    if (answer === true) fits.push(index);
    else if (answer !== false) unknown.push([index, answer]);
  }
  return { pid, startTicks, comm, uid, fits, unknown };
}

type Text = { readonly text: string } | { readonly reason: Reason } | undefined;

function fitsText(watch: Watch, text: Text): boolean | Reason {
  if (!text) return false;
  if ("reason" in text) return text.reason;
  try {
    return watch.fits(text.text);
  } catch {
    // The pattern is too much work on this text, which says nothing about other processes.
    return "partial";
  }
}

async function readText(context: Context, match: Watch["match"], process: Seen): Promise<Text> {
  if (match === "comm") return { text: process.comm };
  // Reading the command line of what is stuck may never return.
  if (match === "cmdline" && process.state === "disk_sleep") return { reason: "timeout" };
  try {
    if (match === "cmdline") return { text: (await readCommand(context, process.pid)).join(" ") };
    const path = await context.readLink(`${context.config.procRoot}/${process.pid}/exe`);
    // A program that was replaced by an update runs on from a file without a name.
    return { text: path.replace(/ \(deleted\)$/, "") };
  } catch (error) {
    if (context.signal.aborted || !(error instanceof CollectError)) throw error;
    return error.reason === "not_found" ? undefined : { reason: error.reason };
  }
}
