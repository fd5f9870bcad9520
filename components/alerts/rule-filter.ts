import type { RuleRow } from "./group-rules";

export const SEVERITIES = ["critical", "warning", "info"] as const;
export type Severity = (typeof SEVERITIES)[number];

/** What the list is narrowed to; "" is all. */
export interface RuleFilter {
  readonly severity: Severity | "";
  readonly plugin: string;
  readonly text: string;
}
export const NO_FILTER: RuleFilter = { severity: "", plugin: "", text: "" };

export const severityOf = (text: string | null): Severity | "" => SEVERITIES.find((one) => one === text) ?? "";

export const parseRuleFilter = (params: { get(name: string): string | null }): RuleFilter => ({
  severity: severityOf(params.get("severity")),
  plugin: params.get("plugin") ?? "",
  text: params.get("q") ?? "",
});

/** The address of a filter; what else the address says stays. */
export function ruleFilterParams({ severity, plugin, text }: RuleFilter, now: URLSearchParams): URLSearchParams {
  const next = new URLSearchParams(now);
  for (const [name, value] of [
    ["severity", severity],
    ["plugin", plugin],
    ["q", text],
  ] as const) {
    if (value === "") next.delete(name);
    else next.set(name, value);
  }
  return next;
}

/** Rows that have every word of the text somewhere. */
export function filterRules(rows: readonly RuleRow[], { severity, plugin, text }: RuleFilter): RuleRow[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return rows.filter((row) => {
    if (severity !== "" && row.severity !== severity) return false;
    if (plugin !== "" && row.plugin !== plugin) return false;
    const all = [row.words, row.summary, row.pluginName, ...row.watches.map(({ title }) => title)]
      .join(" ")
      .toLowerCase();
    return words.every((word) => all.includes(word));
  });
}
