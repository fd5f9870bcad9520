import type { TimelineEvent } from "@/components/data/outputs";
import { formatInstant, formatText } from "@/components/format";
import type { IconName } from "@/components/ui/icons";
import type { Tone } from "@/components/ui/tones";

type Cause = NonNullable<TimelineEvent["cause"]>;

/** Why an alert ended. */
export const END_WORD: Readonly<Record<Cause, string>> = {
  measured: "measured",
  no_data: "its series ended",
  error: "could not be asked",
  unwatched: "not watched any more",
  by_hand: "by hand",
};

/** A line of a timeline: what happened, in a word, with the mark before it. */
export const EVENT_LOOK: Readonly<
  Record<TimelineEvent["event"], { readonly word: string; readonly mark: { tone: Tone } | { icon: IconName } | "own" }>
> = {
  inactive: { word: "Not so any more", mark: { tone: "unknown" } },
  pending: { word: "Pending", mark: { tone: "unknown" } },
  firing: { word: "Fired", mark: "own" },
  resolved: { word: "Resolved", mark: { tone: "ok" } },
  no_data: { word: "Nothing measured", mark: { tone: "unknown" } },
  error: { word: "Could not be asked", mark: { tone: "unknown" } },
  acknowledged: { word: "Acknowledged", mark: { icon: "check" } },
  unacknowledged: { word: "Acknowledgement taken back", mark: { icon: "minus" } },
  lapsed: { word: "Acknowledgement over", mark: { icon: "minus" } },
  snoozed: { word: "Snoozed", mark: { icon: "clock" } },
  noted: { word: "Noted", mark: { icon: "edit" } },
};

const ENDED: Readonly<Record<Cause, string>> = {
  measured: "It is not so any more",
  no_data: "What it looked at is not there any more",
  error: "Its instance could not be asked",
  unwatched: "Its instance or its rule is off, changed or gone",
  by_hand: "Ended by hand; it fires again once its condition was over",
};

type Told = Pick<TimelineEvent, "event" | "cause" | "from" | "unit" | "value" | "limit" | "worst" | "until">;

/** Why it came to that, in words: "97% against 90%". "" where there is nothing to say. Browser and server say the same. */
export function reasonOf({ event, cause, from, unit, value, limit, worst, until }: Told): string {
  const measured = value === null || unit === "bool" ? "" : formatText(value, unit);
  const around = limit !== null ? `${measured} against a limit of ${formatText(limit, unit)}` : measured;
  const top = worst !== null && worst !== value && unit !== "bool" ? `worst ${formatText(worst, unit)}` : "";
  switch (event) {
    case "firing":
      return joined(measured && around, from === "pending" && "held long enough");
    case "resolved":
      return joined(cause && ENDED[cause], cause === "measured" && measured && `${measured} now`, top);
    case "acknowledged":
      return UNTIL[String(until)] ?? "";
    case "lapsed":
      return joined("It is not as it was any more", around);
    case "snoozed":
      return typeof until === "number" ? `Until ${formatInstant(until)}` : "The snooze was ended";
    default:
      return "";
  }
}

const UNTIL: Readonly<Record<string, string>> = {
  changed: "Quiet until it changes",
  worse: "Quiet until it is worse",
};

const joined = (...parts: readonly (string | false | null)[]) => parts.filter(Boolean).join(", ");
