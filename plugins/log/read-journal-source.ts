import { type CollectContext, readJournal } from "../sdk";
import type { Config } from "./config";
import type { Judge } from "./judge-lines";
import { type JournalSource, PRIORITIES } from "./sources";
import type { SourceState } from "./state";

/** Others get their turn after so many. */
const TURN_LINES = 200;

/** Reads what the journal got. @throws CollectError as `readJournal` */
export async function readJournalSource(
  context: CollectContext<Config>,
  { filters, directory }: JournalSource,
  state: SourceState,
  judge: Judge,
): Promise<void> {
  const { startAt, maxLinesPerCheck: maxEntries, maxLineBytes } = context.config;
  const answer = await readJournal(context, state.journal, { filters, directory, startAt, maxEntries });
  const encoder = new TextEncoder();
  for (const { message, priority, atMs, place } of answer.entries) {
    // Together with what it counts: a run may end whenever others have their turn.
    state.journal = place;
    state.lines += 1;
    state.bytes += encoder.encode(message).length;
    if (message.length > maxLineBytes) state.dropped.too_long += 1;
    const name = priority === undefined ? undefined : PRIORITIES[priority];
    if (name !== undefined) state.priorities[name] = (state.priorities[name] ?? 0) + 1;
    judge.entry(message.slice(0, maxLineBytes), atMs);
    if (state.lines % TURN_LINES === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  state.journal = answer.place;
  state.lastLineAt = answer.lastAtMs ?? state.lastLineAt;
  state.hasBegun = true;
}
