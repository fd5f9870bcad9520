import type { Tone } from "@/components/ui/tones";
import type { Outcome } from "./audit-filter";

/** How it ended, by shape, colour and word. */
export const OUTCOME_LOOK: Readonly<Record<Outcome, { readonly tone: Tone; readonly word: string }>> = {
  done: { tone: "ok", word: "Done" },
  refused: { tone: "bad", word: "Refused" },
  failed: { tone: "warn", word: "Failed" },
};
