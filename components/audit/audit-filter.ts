import { RANGES, type RangeKey, rangeKeyOf } from "@/components/alerts/history-filter";
import type { AuditLine } from "@/components/data/outputs";

export type Outcome = AuditLine["outcome"];
export const OUTCOMES = ["done", "refused", "failed"] as const satisfies readonly Outcome[];

/** What the log is narrowed to; "" is all. It lives in the address. */
export interface AuditFilter {
  /** Somebody's id, or the name of one who is gone. */
  readonly who: string;
  /** A group of actions, as "channels". */
  readonly what: string;
  readonly outcome: Outcome | "";
  readonly range: RangeKey | "";
}

export const NO_AUDIT_FILTER: AuditFilter = { who: "", what: "", outcome: "", range: "" };
/** The server refuses what is longer: no name is. */
const LONGEST = 191;

export const outcomeOf = (text: string | null): Outcome | "" => OUTCOMES.find((one) => one === text) ?? "";

export function parseAuditFilter(params: { get(name: string): string | null }): AuditFilter {
  const who = (params.get("who") ?? "").slice(0, LONGEST);
  const what = (params.get("what") ?? "").slice(0, LONGEST);
  return {
    who: who.includes("\0") ? "" : who,
    what: /^[\w.-]*$/.test(what) ? what : "",
    outcome: outcomeOf(params.get("outcome")),
    range: rangeKeyOf(params.get("range") ?? ""),
  };
}

/** The address of a filter; what else the address says stays. */
export function auditFilterParams(filter: AuditFilter, now: URLSearchParams): URLSearchParams {
  const next = new URLSearchParams(now);
  for (const key of ["who", "what", "outcome", "range"] as const) {
    if (filter[key] === "") next.delete(key);
    else next.set(key, filter[key]);
  }
  return next;
}

export const isNarrowed = (filter: AuditFilter): boolean => Object.values(filter).some((value) => value !== "");

/** What the server is asked for. @param at what the page took for now, so that it asks for the same as the server did. Epoch milliseconds */
export function auditInput({ who, what, outcome, range }: AuditFilter, at: number) {
  const span = RANGES.find(({ key }) => key === range)?.ms;
  return {
    ...(who === "" ? {} : { actor: who }),
    ...(what === "" ? {} : { action: what }),
    ...(outcome === "" ? {} : { outcome }),
    ...(span === undefined ? {} : { since: at - span }),
    limit: 50,
  };
}
