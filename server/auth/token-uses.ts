import type { Clock } from "../clock";
import type { Log } from "../log";
import { createTrouble } from "../trouble";

interface Use {
  readonly at: number;
  readonly from: string | null;
}
/** By the token's id. */
export type TokenUses = ReadonlyMap<string, Use>;

/** A token is written at most so often: a program that asks every second must not write every second. */
const WRITE_EVERY_MS = 60_000;
/** Those that are used together are written together. */
const TOGETHER_MS = 1_000;

/** When tokens were last used, and from where: noted at once, written at the side. */
export function createTokenUses({
  clock,
  log,
  write,
}: {
  clock: Clock;
  log: Log;
  write(uses: TokenUses): Promise<void>;
}) {
  const seen = new Map<string, Use>();
  /** When each was last to be written. */
  const writtenAt = new Map<string, number>();
  let waiting = new Map<string, Use>();
  let writing: Promise<void> = Promise.resolve();
  let cancel: (() => void) | undefined;
  const trouble = createTrouble(log, {
    failing: "when tokens were last used cannot be written; it is tried again",
    over: "when tokens were last used is written again",
  });

  async function writeAll(): Promise<void> {
    const batch = waiting;
    waiting = new Map();
    if (batch.size === 0) return;
    try {
      await write(batch);
      trouble.worked();
    } catch (error) {
      waiting = new Map([...batch, ...waiting]);
      trouble.failed(error);
    }
  }

  function flush(): Promise<void> {
    cancel?.();
    cancel = undefined;
    writing = writing.then(writeAll);
    return writing;
  }

  return {
    note(id: string, use: Use): void {
      seen.set(id, use);
      if (use.at - (writtenAt.get(id) ?? Number.NEGATIVE_INFINITY) < WRITE_EVERY_MS) return;
      writtenAt.set(id, use.at);
      waiting.set(id, use);
      cancel ??= clock.after(TOGETHER_MS, () => void flush());
    },
    /** With what was not yet written. */
    withLast<T extends { readonly id: string; readonly lastUsedAt: number | null; lastUsedFrom: string | null }>(
      token: T,
    ): T {
      const use = seen.get(token.id);
      return use && use.at > (token.lastUsedAt ?? 0) ? { ...token, lastUsedAt: use.at, lastUsedFrom: use.from } : token;
    },
    /** Others are gone. */
    keepOnly(ids: ReadonlySet<string>): void {
      for (const notes of [seen, writtenAt, waiting]) for (const id of notes.keys()) if (!ids.has(id)) notes.delete(id);
    },
    /** Writes the last of them. */
    close(): Promise<void> {
      for (const [id, use] of seen) if (use.at > (writtenAt.get(id) ?? 0)) waiting.set(id, use);
      return flush();
    },
  };
}
