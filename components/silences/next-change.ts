import type { SilenceView } from "@/components/data/outputs";

/** The calendar begins with the hour. */
const LONGEST_MS = 3_600_000;
/** The server's clock is followed closely, not exactly. */
const AFTER_MS = 250;

/** Windows open and close without a word from the server. @returns milliseconds until one does @param now epoch milliseconds */
export function untilNextChange(silences: readonly Pick<SilenceView, "open" | "next">[], now: number): number {
  const instants = silences.flatMap(({ open, next }) => [open?.to ?? [], next?.from ?? []].flat());
  const waits = instants.map((at) => at - now + AFTER_MS);
  // What is due already was read a moment too early.
  return Math.min(LONGEST_MS, ...waits.map((wait) => Math.max(wait, 1_000)));
}
