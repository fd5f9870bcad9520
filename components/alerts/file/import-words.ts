import type { ImportReport } from "@/components/data/outputs";

type Line = ImportReport["added"][number];

export const changeCount = ({ added, changed, missing }: ImportReport, removeMissing: boolean): number =>
  added.length + changed.length + (removeMissing ? missing.length : 0);

export const KIND_WORD: Readonly<Record<Line["kind"], string>> = {
  instance: "Instance",
  parents: "Parents",
  setting: "Setting",
  rule: "Rule",
  override: "Change",
  channel: "Channel",
  route: "Route",
  silence: "Silence",
};

/** As the forms call them; what they do not have is told by its own name. */
const FIELD_WORDS: Readonly<Record<string, string>> = {
  config: "settings",
  enabled: "on or off",
  intervalSeconds: "interval",
  timeoutMs: "time-out",
  links: "what hangs on what",
  value: "values",
  forSeconds: "for",
  keepFiringSeconds: "keep firing",
  parts: "conditions",
  whenGone: "when it is gone",
  pausesCollection: "pausing",
  match: "conditions",
  set: "values",
  timeZone: "time zone",
  waitSeconds: "wait",
  criticalWaitSeconds: "wait when critical",
  updateMinutes: "updates",
  repeatHours: "repeats",
  escalate: "escalation",
};

/** "name, settings". */
export const fieldWords = (fields: readonly string[]): string =>
  [...new Set(fields.map((field) => FIELD_WORDS[field] ?? field))].join(", ");
