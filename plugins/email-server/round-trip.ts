import { createHash } from "node:crypto";
import { type Conversation, printable } from "../sdk";
import { awaitLetter, readLetterArrival, removeLetters, searchLetter } from "./find-letter";
import type { Imap } from "./imap";
import type { Context, Reporter } from "./parts";

export interface Letter {
  readonly from: string;
  readonly to: string;
  /** Headers and body, without the final dot. */
  readonly text: string;
}
export type SendOutcome = { readonly ok: true } | { readonly ok: false; readonly said: string };

/** Kept between runs: a letter may take longer than one. */
interface State {
  /** Epoch milliseconds of the last try. */
  readonly triedAt?: number | undefined;
  readonly pending?: { readonly id: string; readonly sentAt: number } | undefined;
  readonly last?: { readonly ok: boolean; readonly seconds?: number | undefined } | undefined;
  readonly failedTries: number;
  /** Letters given up that may still come, to be deleted then. */
  readonly lost: readonly string[];
}

export interface RoundTrip {
  /** Gives a letter to be sent when one is due. */
  send(handIn: (letter: Letter) => Promise<SendOutcome>): Promise<void>;
  /** Looks for the letter that is under way, waits a little for it, and deletes it. Logged in only. */
  find(imap: Imap, conversation: Conversation, deadline: AbortSignal): Promise<void>;
  /** Gives up a letter whose time is over, and reports. */
  finish(): void;
}

/** Most mail on one machine is there within a second; what takes longer is looked for in the next run. */
const WAIT_MS = 5_000;
/** Ticks come a hair early or late. */
const GRACE_MS = 500;
const MAX_LOST = 5;

export function openRoundTrip(context: Context, report: Reporter): RoundTrip {
  const { memory, now, config } = context;
  const { enabled, from = "", to = "", intervalSeconds, timeoutSeconds } = config.roundtrip;
  if (!enabled) return { send: async () => {}, find: async () => {}, finish: () => {} };
  let state: State = memory.recall<State>("roundtrip")?.value ?? { failedTries: 0, lost: [] };

  const succeed = (seconds: number) => {
    state = { ...state, pending: undefined, last: { ok: true, seconds }, failedTries: 0 };
  };
  const fail = (message: string) => {
    const lost = state.pending ? [state.pending.id, ...state.lost].slice(0, MAX_LOST) : state.lost;
    state = { ...state, pending: undefined, last: { ok: false }, failedTries: state.failedTries + 1, lost };
    report.partial("partial", message);
  };

  return {
    send: async (handIn) => {
      const isDue = state.triedAt === undefined || now - state.triedAt >= intervalSeconds * 1_000 - GRACE_MS;
      if (!isDue || state.pending) return;
      const id = makeId(now, from, to);
      const outcome = await handIn({ from, to, text: write({ id, from, to, now }) });
      state = { ...state, triedAt: now, ...(outcome.ok ? { pending: { id, sentAt: now } } : {}) };
      if (!outcome.ok) fail(`The round trip's message was refused: ${printable(outcome.said.slice(0, 200))}`);
    },
    find: async (imap, conversation, deadline) => {
      if (!state.pending && state.lost.length === 0) return;
      await imap.demand("SELECT INBOX");
      for (const id of state.lost)
        if (await removeLetters(imap, await searchLetter(imap, id)))
          state = { ...state, lost: state.lost.filter((other) => other !== id) };
      if (!state.pending) return;
      const { id, sentAt } = state.pending;
      const isFresh = sentAt === now;
      const waiting = { conversation, deadline, signal: context.signal, waitMs: isFresh ? WAIT_MS : 0 };
      const found = await awaitLetter(imap, id, waiting);
      if (!found) return;
      // In the run that sent it this side's clock counts; later the mailbox's, in whole seconds.
      const arrivedAt = isFresh ? undefined : await readLetterArrival(imap, found.uids);
      await removeLetters(imap, found.uids);
      succeed(Math.max(0, (arrivedAt ?? now + found.waitedMs) - sentAt) / 1_000);
    },
    finish: () => {
      const { pending } = state;
      if (pending && now - pending.sentAt > timeoutSeconds * 1_000)
        fail(`The round trip's message did not arrive in ${timeoutSeconds} s.`);
      memory.keep("roundtrip", state);
      report("mail_roundtrip_failed_tries", state.failedTries);
      if (!state.last) return;
      report("mail_roundtrip_ok", state.last.ok ? 1 : 0);
      if (state.last.seconds !== undefined) report("mail_roundtrip_seconds", state.last.seconds);
    },
  };
}

/** Made from the tick and not from chance, so that a run can be replayed; who knows it can at most have a probe deleted. */
function makeId(now: number, from: string, to: string): string {
  const hash = createHash("sha256").update(`${now} ${from} ${to}`).digest("hex").slice(0, 16);
  return `<unity.${now}.${hash}@${from.split("@").at(-1)}>`;
}

const write = ({ id, from, to, now }: { id: string; from: string; to: string; now: number }) =>
  [
    `From: <${from}>`,
    `To: <${to}>`,
    "Subject: Round trip",
    `Date: ${new Date(now).toUTCString().replace("GMT", "+0000")}`,
    `Message-ID: ${id}`,
    // Nobody is to answer this (RFC 3834).
    "Auto-Submitted: auto-generated",
    "X-Auto-Response-Suppress: All",
    "",
    "Unity sends this to see whether mail arrives, and deletes it when it did.",
  ].join("\r\n");
