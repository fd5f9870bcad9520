/** The worst outcome of a stretch of time; `none` when nothing ran. */
export type Beat = "ok" | "partial" | "failed" | "none";

const SLOTS = 48;
export const SLOT_MS = 1_800_000;
export const BEATS_MS = SLOTS * SLOT_MS;
const RANK: Record<Beat, number> = { none: 0, ok: 1, partial: 2, failed: 3 };

export interface Beats {
  record(instanceId: string, at: number, outcome: Exclude<Beat, "none">): void;
  /** 48 half hours, oldest first, the last one running. */
  strip(instanceId: string, now: number): Beat[];
  forget(instanceId: string): void;
}

/** A day of every instance's outcomes in memory: 48 small entries each, so that a page reads no runs. */
export function createBeats(): Beats {
  const instances = new Map<string, Map<number, Beat>>();
  return {
    record(instanceId, at, outcome) {
      const slots = instances.get(instanceId) ?? new Map<number, Beat>();
      instances.set(instanceId, slots);
      const slot = Math.floor(at / SLOT_MS);
      if (RANK[outcome] > RANK[slots.get(slot) ?? "none"]) slots.set(slot, outcome);
      if (slots.size > SLOTS + 1) for (const old of slots.keys()) if (old <= slot - SLOTS) slots.delete(old);
    },
    strip(instanceId, now) {
      const slots = instances.get(instanceId);
      const last = Math.floor(now / SLOT_MS);
      return Array.from({ length: SLOTS }, (_, index) => slots?.get(last - SLOTS + 1 + index) ?? "none");
    },
    forget: (instanceId) => void instances.delete(instanceId),
  };
}
