import type { SilenceInput, SilenceMatcher, SilenceView } from "@/components/data/outputs";
import { formatLocalInput } from "@/components/format";
import { type Recurrence, readRecurrence, writeRecurrence } from "./recurrence";

/** What is typed in the editor. */
export interface SilenceDraft {
  readonly kind: "silence" | "maintenance";
  readonly name: string;
  readonly matchers: readonly SilenceMatcher[];
  readonly repeats: boolean;
  /** One of the spans that begin now, or from and to as typed. */
  readonly span: SpanKey | "custom";
  /** As an input of type "datetime-local" has them, in the viewer's zone. */
  readonly from: string;
  readonly to: string;
  readonly recurrence: Recurrence;
  readonly durationMinutes: number | null;
  readonly timeZone: string;
  readonly note: string;
  readonly pausesCollection: boolean;
  /** Bounds of what comes again: not edited here, and kept. */
  readonly bounds: { readonly from?: number | undefined; readonly to?: number | undefined };
}

const HOUR_MS = 3_600_000;
export const SPANS = [
  { key: "1h", name: "1 h" },
  { key: "4h", name: "4 h" },
  { key: "morning", name: "Until 8:00" },
  { key: "week", name: "A week" },
] as const;
export type SpanKey = (typeof SPANS)[number]["key"];

/** Where a span that begins now ends, in the viewer's zone. */
export function endOfSpan(span: SpanKey, now: number): number {
  if (span === "1h") return now + HOUR_MS;
  if (span === "4h") return now + 4 * HOUR_MS;
  const end = new Date(now);
  if (span === "week") {
    // The same time of day, also where the clock is set meanwhile.
    end.setDate(end.getDate() + 7);
    return end.getTime();
  }
  end.setDate(end.getDate() + 1);
  end.setHours(8, 0, 0, 0);
  return end.getTime();
}

export function newDraft(
  kind: SilenceDraft["kind"],
  { now, timeZone, matchers = [] }: { now: number; timeZone: string; matchers?: readonly SilenceMatcher[] },
): SilenceDraft {
  return {
    kind,
    name: "",
    matchers,
    repeats: kind === "maintenance",
    span: "1h",
    from: formatLocalInput(now),
    to: formatLocalInput(now + HOUR_MS),
    recurrence: { every: "week", time: "02:00", days: [0] },
    durationMinutes: 120,
    timeZone,
    note: "",
    pausesCollection: false,
    bounds: {},
  };
}

export function draftOf(silence: SilenceView, now: number, timeZone: string): SilenceDraft {
  const { kind, name, matchers, when, note, pausesCollection } = silence;
  const fresh = { ...newDraft(kind, { now, timeZone, matchers }), name, note, pausesCollection };
  if (when.kind === "once")
    return {
      ...fresh,
      repeats: false,
      span: "custom",
      from: formatLocalInput(when.from),
      to: formatLocalInput(when.to),
    };
  return {
    ...fresh,
    repeats: true,
    recurrence: readRecurrence(when.expression),
    durationMinutes: when.durationSeconds / 60,
    timeZone: when.timeZone,
    bounds: { from: when.from, to: when.to },
  };
}

/** Null while something is missing. @param now what the server takes for it */
export function whenOf(draft: SilenceDraft, now: number): SilenceInput["when"] | null {
  if (draft.repeats) {
    const expression = writeRecurrence(draft.recurrence);
    const { durationMinutes, timeZone, bounds } = draft;
    if (expression === "" || durationMinutes === null || !(durationMinutes >= 1) || timeZone.trim() === "") return null;
    const durationSeconds = Math.round(durationMinutes * 60);
    return { kind: "cron", expression, durationSeconds, timeZone: timeZone.trim(), ...bounds };
  }
  // Whole minutes, and begun already: a second between two clocks must not leave a gap.
  const begun = Math.floor(now / 60_000) * 60_000;
  if (draft.span !== "custom") return { kind: "once", from: begun, to: endOfSpan(draft.span, begun) };
  const [from, to] = [new Date(draft.from).getTime(), new Date(draft.to).getTime()];
  return Number.isNaN(from) || Number.isNaN(to) ? null : { kind: "once", from, to };
}

/** What is half typed matches nothing yet, and is left out. */
export const matchersOf = ({ matchers }: SilenceDraft): SilenceMatcher[] =>
  matchers.filter((one) => one.of !== "label" || one.label.trim() !== "");

/** A name that says enough where none was typed. */
export function nameOf(draft: SilenceDraft, words: string): string {
  return (draft.name.trim() || words).slice(0, 191);
}

const PREFILLED = ["rule", "severity", "plugin", "host", "tag", "instance"] as const;

/** A link opens the editor: `?new=silence&instance=...&rule=...`. */
export function matchersFrom(params: { get(name: string): string | null }): SilenceMatcher[] {
  return PREFILLED.flatMap((of): SilenceMatcher[] => {
    const value = params.get(of);
    return value === null ? [] : [{ of, op: "is", value: value.slice(0, 1_000) }];
  });
}
