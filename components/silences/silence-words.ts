import type { Opening, SilenceMatcher, SilenceView } from "@/components/data/outputs";
import { formatText, formatZoned, formatZonedTime } from "@/components/format";
import { recurrenceWords } from "./recurrence";

const OP_WORDS = { is: "", is_not: "not ", like: "like ", unlike: "not like " } as const;

/** "host nas", "severity not critical", "mount like /srv/*". */
function matcherWords(matcher: SilenceMatcher): string {
  const what = matcher.of === "label" ? matcher.label : matcher.of;
  return `${what} ${OP_WORDS[matcher.op ?? "is"]}${matcher.value === "" ? "empty" : matcher.value}`;
}

/** @param nameOf an instance's name, where its id is given */
export function matchersWords(matchers: readonly SilenceMatcher[], nameOf: (id: string) => string | undefined): string {
  if (matchers.length === 0) return "Everything";
  return matchers
    .map((matcher) => {
      const name = matcher.of === "instance" && matcher.op !== "like" ? nameOf(matcher.value) : undefined;
      return matcherWords(name === undefined ? matcher : { ...matcher, value: name });
    })
    .join(" · ");
}

/** "Sun 29 Mar 03:00–05:00", with both days where they differ. */
export function openingWords({ from, to }: Pick<Opening, "from" | "to">, timeZone: string): string {
  const start = formatZoned(from, timeZone);
  if (to === null) return `${start} – without end`;
  const end = formatZoned(to, timeZone);
  const isSameDay = start.slice(0, -5) === end.slice(0, -5);
  return isSameDay ? `${start}–${formatZonedTime(to, timeZone)}` : `${start} – ${end}`;
}

export const CLOCK_WORDS: Readonly<Record<"moved" | "twice", string>> = {
  moved: "The clock skips this time that night, so it begins right after.",
  twice: "This time comes twice that night; the first one counts.",
};

/** "Sundays at 02:00 for 2 h, Europe/Berlin", or from when until when in the viewer's zone. */
export function whenWords(when: SilenceView["when"], viewerZone: string): string {
  if (when.kind === "once") return openingWords(when, viewerZone);
  const zone = when.timeZone === viewerZone ? "" : `, ${when.timeZone}`;
  return `${recurrenceWords(when.expression)} for ${formatText(when.durationSeconds, "seconds")}${zone}`;
}

/** "3 alerts", "1 alert and 2 pending". */
export function countWords({ firing, pending }: { readonly firing: number; readonly pending: number }): string {
  const alerts = `${firing === 0 ? "no" : firing} ${firing === 1 ? "alert" : "alerts"}`;
  return pending === 0 ? alerts : `${alerts} and ${pending} pending`;
}
