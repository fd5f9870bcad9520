import type { Alert } from "../shapes/alert";

/** What is known of an alert's instance; of one that was removed, nothing. */
export interface Facts {
  readonly instance: string;
  readonly host: string;
  readonly plugin: string;
  readonly tags: readonly string[];
  /** Of the alert's values. */
  readonly unit: string;
}
export type FactsOf = (alert: Pick<Alert, "instanceId" | "metric">) => Facts;

/** Where people are told, as far as telling knows. */
export interface Place {
  readonly id: string;
  readonly name: string;
  readonly enabled: boolean;
}

/** Why nobody is told of an alert: a silence, maintenance, what it hangs on is down. Null while there is no such reason. */
export type MutedBy = (alert: Alert, now: number) => { readonly kind: string; readonly name: string } | null;
/** Of all that are open at once, other processes' among them: what one hangs on may be another's. By the alert's id. */
export type MutedAmong = (open: readonly Alert[], now: number) => ReadonlyMap<string, ReturnType<MutedBy>>;
