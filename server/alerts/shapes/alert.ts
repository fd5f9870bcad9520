import type { Labels } from "../../../plugins/sdk/plugin";
import type { Severity } from "./rule";

export const PHASES = ["inactive", "pending", "firing", "resolved", "no_data", "error"] as const;
export type Phase = (typeof PHASES)[number];

export interface Standing {
  readonly phase: Phase;
  /** The input's instant that brought it there. */
  readonly since: number;
  /** The last input's. */
  readonly at: number;
  /** Pending: for how long it has held. Firing: for how long it has been over, `NOT_OVER` while it holds. */
  readonly heldMs: number;
}

/** Quiet until it is over, until its value is another one, or until it is worse than it was. */
export const ACK_UNTIL = ["over", "changed", "worse"] as const;
export type AckUntil = (typeof ACK_UNTIL)[number];

export interface Acknowledged {
  readonly by: string;
  readonly at: number;
  readonly note: string;
  readonly until: AckUntil;
  /** The value that it was acknowledged at. */
  readonly value: number | null;
}

/** A rule on one series, or on several that belong together, from the moment that its condition held. */
export interface Alert {
  /** The same for the same rule, instance and labels. */
  readonly key: string;
  /** Of this one time: from pending until it is over. */
  readonly id: string;
  readonly ruleId: string;
  readonly ruleName: string;
  readonly instanceId: string;
  readonly labels: Labels;
  readonly severity: Severity;
  /** With its values filled in, as they were when it fired. */
  readonly summary: string;
  readonly standing: Standing;
  /** Of the first condition that holds; null where it has none. */
  readonly metric: string | null;
  readonly value: number | null;
  readonly limit: number | null;
  /** The value that was furthest out since it fired. */
  readonly worst: number | null;
  /** When it fired; null while it is pending. */
  readonly firedAt: number | null;
  readonly acknowledged: Acknowledged | null;
  /** Nobody is told before. */
  readonly snoozedUntil: number | null;
  /** When it fired in the past hour, newest last. */
  readonly fires: readonly number[];
  /** Channels of the rule's own. */
  readonly channels: readonly string[];
  readonly ruleLabels: Labels;
}

/** Why an alert changed. */
export const CAUSES = [
  "measured",
  "no_data",
  "error",
  /** The instance was paused or removed, the rule switched off or changed. */
  "unwatched",
  "by_hand",
] as const;
export type Cause = (typeof CAUSES)[number];

/** One change of state, as `alert_history` keeps it. */
export interface Transition {
  readonly alert: Alert;
  readonly from: Phase;
  readonly to: Phase;
  readonly at: number;
  readonly cause: Cause;
  /** Who ended it by hand. */
  readonly actor?: string;
  /** What is to be said besides. */
  readonly note?: string;
}

/** What people do with an alert; `lapsed` is an acknowledgement that ended by itself, because the value is another one or worse. */
export const DEEDS = ["acknowledged", "unacknowledged", "lapsed", "snoozed", "noted"] as const;
export type Deed = (typeof DEEDS)[number];

/** A line of an alert's timeline. */
export interface AlertEvent {
  readonly id: string;
  readonly at: number;
  readonly alertId: string;
  readonly ruleId: string;
  readonly instanceId: string;
  readonly event: Phase | Deed;
  readonly severity: Severity;
  readonly value: number | null;
  readonly limit: number | null;
  readonly actor: string | null;
  readonly details: AlertEventDetails;
}
export interface AlertEventDetails {
  readonly ruleName: string;
  readonly labels: Labels;
  readonly summary: string;
  readonly metric: string | null;
  readonly from?: Phase;
  readonly cause?: Cause;
  readonly worst?: number | null;
  /** Of what a person did: its words, and until when it is so. */
  readonly note?: string;
  readonly until?: string | number;
}

/** It comes and goes: from so many times an hour on people are told that instead of each time. */
const FLAPPING_FROM = 5;
export const isFlapping = (alert: Pick<Alert, "fires">) => alert.fires.length >= FLAPPING_FROM;
