import { type Severity, severityOf } from "./severity";

/** What the history is narrowed to; "" is all. It lives in the address. */
export interface HistoryFilter {
  readonly severity: Severity | "";
  readonly instance: string;
  readonly rule: string;
  readonly range: RangeKey | "";
  readonly text: string;
}

const HOUR_MS = 3_600_000;
export const RANGES = [
  { key: "24h", name: "24 hours", ms: 24 * HOUR_MS },
  { key: "7d", name: "7 days", ms: 7 * 24 * HOUR_MS },
  { key: "30d", name: "30 days", ms: 30 * 24 * HOUR_MS },
  { key: "90d", name: "90 days", ms: 90 * 24 * HOUR_MS },
] as const;
export type RangeKey = (typeof RANGES)[number]["key"];

export const NO_HISTORY_FILTER: HistoryFilter = { severity: "", instance: "", rule: "", range: "", text: "" };
const PARAMS = { severity: "severity", instance: "instance", rule: "rule", range: "range", text: "q" } as const;
const LONGEST = 200;
/** An id; a longer one is none, and the server would refuse it. */
const LONGEST_ID = 64;

export const rangeKeyOf = (text: string): RangeKey | "" => RANGES.find(({ key }) => key === text)?.key ?? "";

export function parseHistoryFilter(params: { get(name: string): string | null }): HistoryFilter {
  const read = (name: string, longest = LONGEST) => (params.get(name) ?? "").slice(0, longest);
  return {
    severity: severityOf(params.get(PARAMS.severity)),
    instance: read(PARAMS.instance, LONGEST_ID),
    rule: read(PARAMS.rule),
    range: rangeKeyOf(read(PARAMS.range)),
    text: read(PARAMS.text),
  };
}

/** The address of a filter; what else the address says stays. */
export function historyFilterParams(filter: HistoryFilter, now: URLSearchParams): URLSearchParams {
  const next = new URLSearchParams(now);
  for (const key of ["severity", "instance", "rule", "range", "text"] as const) {
    if (filter[key] === "") next.delete(PARAMS[key]);
    else next.set(PARAMS[key], filter[key]);
  }
  return next;
}

export const isNarrowed = (filter: HistoryFilter) => Object.values(filter).some((value) => value !== "");

/** What the server is asked for. @param at what the page took for now, so that it asks for the same as the server did. Epoch milliseconds */
export function historyInput({ severity, instance, rule, range, text }: HistoryFilter, at: number) {
  const span = RANGES.find(({ key }) => key === range)?.ms;
  return {
    ...(severity === "" ? {} : { severity }),
    ...(instance === "" ? {} : { instance }),
    ...(rule === "" ? {} : { rule }),
    ...(span === undefined ? {} : { from: at - span }),
    text: text.trim(),
  };
}
