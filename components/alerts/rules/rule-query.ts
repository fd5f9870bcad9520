import type { OverrideView, RuleSummary } from "@/components/data/outputs";
import { conditionWords, summaryWords } from "../rule-words";
import { SEVERITIES, type Severity } from "../severity";
import { isOn } from "./rule-switch";

export const USES = ["firing", "changed", "off", "own"] as const;
export type Use = (typeof USES)[number];

/** What the list is narrowed to; "" is all. */
export interface RuleQuery {
  readonly text: string;
  readonly plugin: string;
  readonly severity: Severity | "";
  readonly use: Use | "";
}
export const NO_QUERY: RuleQuery = { text: "", plugin: "", severity: "", use: "" };

const NAMES = { text: "q", plugin: "plugin", severity: "severity", use: "use" } as const;
const KEYS = ["text", "plugin", "severity", "use"] as const;

export const parseRuleQuery = (params: { get(name: string): string | null }): RuleQuery => ({
  text: params.get(NAMES.text) ?? "",
  plugin: params.get(NAMES.plugin) ?? "",
  severity: SEVERITIES.find((one) => one === params.get(NAMES.severity)) ?? "",
  use: USES.find((one) => one === params.get(NAMES.use)) ?? "",
});

/** The address of a query; what else the address says stays. */
export function ruleQueryParams(query: RuleQuery, now: URLSearchParams): URLSearchParams {
  const next = new URLSearchParams(now);
  for (const key of KEYS) {
    if (query[key] === "") next.delete(NAMES[key]);
    else next.set(NAMES[key], query[key]);
  }
  return next;
}

export const isQuerying = (query: RuleQuery): boolean => KEYS.some((key) => query[key] !== "");

/** A rule as the list shows it. */
export interface RuleItem extends RuleSummary {
  readonly words: string;
  readonly on: boolean;
}

export const itemsOf = (rules: readonly RuleSummary[], overrides: readonly OverrideView[]): RuleItem[] =>
  rules.map((summary) => ({
    ...summary,
    words: conditionWords(summary.rule, summary.units),
    on: isOn(summary, overrides),
  }));

/** Rules that have every word of the text somewhere. */
export function queryRules(items: readonly RuleItem[], { text, plugin, severity, use }: RuleQuery): RuleItem[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return items.filter((item) => {
    const { rule, pluginName } = item;
    if (severity !== "" && rule.severity !== severity) return false;
    if (plugin !== "" && item.plugin !== plugin) return false;
    if (use !== "" && !isUsed(item, use)) return false;
    const all = [rule.name, item.words, summaryWords(rule.summary, null), pluginName ?? ""].join(" ").toLowerCase();
    return words.every((word) => all.includes(word));
  });
}

function isUsed({ on, off, overrides, firing, rule }: RuleItem, use: Use): boolean {
  switch (use) {
    case "firing":
      return firing > 0;
    case "changed":
      return overrides > 0;
    case "off":
      return !on || off > 0;
    case "own":
      return rule.origin !== "plugin";
    default:
      return use satisfies never;
  }
}

export interface RuleGroup {
  readonly key: string;
  readonly title: string;
  readonly items: readonly RuleItem[];
}

/** People's first, then what watches everything, then by plugin; the worst of each on top. */
export function groupByOrigin(items: readonly RuleItem[]): RuleGroup[] {
  const groups = new Map<string, { title: string; items: RuleItem[] }>();
  for (const item of items) {
    const [key, title] =
      item.rule.origin !== "plugin"
        ? ["own", "Your rules"]
        : item.plugin === null
          ? ["all", "Every instance"]
          : [`plugin:${item.plugin}`, item.pluginName ?? item.plugin];
    const group = groups.get(key) ?? { title, items: [] };
    groups.set(key, group);
    group.items.push(item);
  }
  const rank = (key: string) => ["own", "all"].indexOf(key) + 1 || 3;
  return [...groups]
    .map(([key, { title, items: own }]) => ({
      key,
      title,
      items: own.toSorted(
        (one, other) =>
          SEVERITIES.indexOf(one.rule.severity) - SEVERITIES.indexOf(other.rule.severity) ||
          one.rule.name.localeCompare(other.rule.name, "en"),
      ),
    }))
    .sort((one, other) => rank(one.key) - rank(other.key) || one.title.localeCompare(other.title, "en"));
}
