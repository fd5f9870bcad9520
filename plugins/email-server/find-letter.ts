import { setTimeout as pause } from "node:timers/promises";
import type { Conversation } from "../sdk";
import { type Imap, quoted } from "./imap";
import { readArrival, readSearch } from "./imap-answers";

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 1_000;

interface Waiting {
  readonly conversation: Conversation;
  readonly waitMs: number;
  readonly deadline: AbortSignal;
  readonly signal: AbortSignal;
}

/** @param id its Message-ID @returns the numbers of the messages with it in the selected mailbox */
export const searchLetter = async (imap: Imap, id: string): Promise<number[]> =>
  readSearch(await imap.demand(`UID SEARCH HEADER Message-ID ${quoted(id)}`));

/** Looks for a letter until it is there, or the time is over. */
export async function awaitLetter(
  imap: Imap,
  id: string,
  { conversation, waitMs, deadline, signal }: Waiting,
): Promise<{ uids: readonly number[]; waitedMs: number } | undefined> {
  const before = conversation.waitedMs;
  let paused = 0;
  for (let next = FIRST_PAUSE_MS; ; next = Math.min(next * 2, LONGEST_PAUSE_MS)) {
    const uids = await searchLetter(imap, id);
    if (uids.length > 0) return { uids, waitedMs: conversation.waitedMs - before + paused };
    if (paused + next > waitMs || deadline.aborted) return undefined;
    await pause(next, undefined, { signal });
    paused += next;
    // Servers tell of new messages only when they are asked something (RFC 3501, 5.2).
    await imap.demand("NOOP");
  }
}

/** When the mailbox got it, epoch milliseconds. */
export const readLetterArrival = async (imap: Imap, uids: readonly number[]): Promise<number | undefined> =>
  readArrival(await imap.demand(`UID FETCH ${uids[0]} INTERNALDATE`));

/** Only what was found by its own id. @returns true when there was something */
export async function removeLetters(imap: Imap, uids: readonly number[]): Promise<boolean> {
  if (uids.length === 0) return false;
  const set = uids.join(",");
  await imap.demand(`UID STORE ${set} +FLAGS.SILENT (\\Deleted)`);
  // Without UIDPLUS (RFC 4315) it stays marked: a plain EXPUNGE would take what the user has marked.
  await imap.ask(`UID EXPUNGE ${set}`);
  return true;
}
