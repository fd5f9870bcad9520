import { type Alert, isFlapping } from "../shapes/alert";
import type { Aim } from "./aim";

/**
 * What a channel is to hear of an alert: a pure function of how the alert stands and of what the channel heard last. Nothing is
 * remembered between two looks but that, so whatever was missed in between is found by the next look.
 */

/** Firing anew, firing still, coming and going, over. */
const TELL_EVENTS = ["firing", "still", "flapping", "resolved"] as const;
export type TellEvent = (typeof TELL_EVENTS)[number];

/** One thing said about an alert: what a message is made of, and what the database keeps of it. */
export interface Tell {
  readonly event: TellEvent;
  /** As it was then. */
  readonly alert: Alert;
}

/** The last that a channel heard of a rule on its series. */
export interface Heard extends Tell {
  readonly channelId: string;
  readonly groupKey: string;
  readonly at: number;
  /** How often it was told of this one time that it fires. */
  readonly times: number;
  /** It did not get there. */
  readonly failed: boolean;
}

/** How an alert stands now, beside what it says itself. */
export interface Situation {
  readonly now: number;
  /** Silenced, in maintenance, or what it hangs on is down. */
  readonly muted: boolean;
  /** Somebody took note of it until it changes or gets worse, and now it did. */
  readonly reopenedAt: number | null;
}

export interface Decision extends Tell {
  /** Not before. */
  readonly dueAt: number;
}

const HOUR_MS = 3_600_000;
/** What came and went is told to be over, or to stay, when it did neither for so long. */
const CALM_MS = HOUR_MS;

/** A channel that refused a message may have been put right since. */
const FAILED_AGAIN_MS = HOUR_MS;

export const isQuiet = ({ acknowledged, snoozedUntil }: Alert, now: number) =>
  acknowledged !== null || (snoozedUntil !== null && snoozedUntil > now);

/** @param heard of the same rule on the same series, of this time or an earlier one */
export function decideFiring(
  alert: Alert,
  heard: Heard | undefined,
  { route, afterMs }: Pick<Aim, "route" | "afterMs">,
  { now, muted, reopenedAt }: Situation,
): Decision | undefined {
  if (alert.firedAt === null || muted || isQuiet(alert, now)) return undefined;
  const startsAt = alert.firedAt + afterMs;
  if (!heard && now < startsAt) return undefined;
  if (heard?.event === "flapping") {
    const calmAt = lastFire(alert, heard) + CALM_MS;
    return now >= calmAt ? { event: "firing", alert, dueAt: calmAt } : undefined;
  }
  if (!heard || heard.alert.id !== alert.id || heard.event === "resolved") {
    const wait = alert.severity === "critical" ? route.criticalWaitSeconds : route.waitSeconds;
    const event = isFlapping(alert) ? "flapping" : "firing";
    return { event, alert, dueAt: Math.max(startsAt, alert.firedAt + wait * 1_000) };
  }
  if (heard.failed) return { event: "firing", alert, dueAt: heard.at + FAILED_AGAIN_MS };
  const againAt = Math.min(...remindersOf(alert, heard, { route, reopenedAt }));
  return now >= againAt ? { event: "still", alert, dueAt: againAt } : undefined;
}

/** It was told, and somebody asked to hear of it again, it got worse than it was noted at, or it is time to repeat. */
function remindersOf(
  alert: Alert,
  heard: Heard,
  { route, reopenedAt }: Pick<Aim, "route"> & Pick<Situation, "reopenedAt">,
): number[] {
  const hours = alert.severity === "info" ? null : route.repeatHours[alert.severity];
  const asked = [alert.snoozedUntil, reopenedAt].flatMap((at) => (at !== null && at > heard.at ? [at] : []));
  return [...asked, hours === null ? Number.POSITIVE_INFINITY : heard.at + hours * HOUR_MS];
}

/**
 * It is over. Only who heard that it fires hears that, also when somebody took note of it meanwhile. Undefined: nothing now;
 * "never": nothing at all, so that it may be forgotten.
 */
export function decideResolved(
  ended: Alert,
  heard: Heard,
  { tellsResolved, now, muted }: { tellsResolved: boolean; now: number; muted: boolean },
): Decision | "never" | undefined {
  if (heard.event === "resolved" || heard.failed || !tellsResolved) return "never";
  if (muted) return undefined;
  if (heard.event === "flapping") {
    const calmAt = lastFire(ended, heard) + CALM_MS;
    return now >= calmAt ? { event: "resolved", alert: ended, dueAt: calmAt } : undefined;
  }
  return { event: "resolved", alert: ended, dueAt: ended.standing.since };
}

const lastFire = (alert: Alert, heard: Heard) =>
  Math.max(alert.firedAt ?? 0, heard.alert.firedAt ?? 0, alert.fires.at(-1) ?? 0);
