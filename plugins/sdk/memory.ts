import type { Memory } from "./context";

/** Half a second of grace, so that a tick is not skipped for a hair. */
const GRACE_MS = 500;

interface KeptMemory extends Memory {
  /** Takes back what this run was found due: after a failed run, costly parts are due again. */
  undoDue(): void;
}

/** The runner's memory of one instance. @param now the tick of the run, epoch milliseconds */
export function createMemory(
  now: () => number,
  initial: Record<string, { value: unknown; at: number }> = {},
): KeptMemory {
  const kept = new Map(Object.entries(initial));
  return {
    // What comes out is what the same plugin put in under this key.
    recall: <T>(key: string) => kept.get(key) as { value: T; at: number } | undefined,
    keep: (key, value) => void kept.set(key, { value, at: now() }),
    due: (key, seconds) => {
      const last = kept.get(`due:${key}`);
      if (last && now() - last.at < seconds * 1_000 - GRACE_MS) return false;
      kept.set(`due:${key}`, { value: true, at: now() });
      return true;
    },
    undoDue: () => {
      for (const [key, { at }] of kept) if (key.startsWith("due:") && at === now()) kept.delete(key);
    },
  };
}
