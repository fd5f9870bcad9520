import type { InstanceSummary, Rule } from "@/components/data/outputs";
import { titleOf } from "@/components/instances/titles";
import { ruleWords, summaryWords } from "./rule-words";

/** A rule with every instance that it watches in the same way: ten servers with the same threshold are one row. */
export interface RuleRow {
  readonly key: string;
  readonly severity: Rule["severity"];
  readonly plugin: string;
  readonly pluginName: string;
  readonly words: string;
  readonly summary: string;
  readonly watches: readonly { readonly id: string; readonly title: string }[];
}

/** @param instances of paused ones, rules are left out: nothing is measured that they could watch */
export function groupRules(rules: readonly Rule[], instances: readonly InstanceSummary[]): RuleRow[] {
  const watched = new Map(instances.filter(({ enabled }) => enabled).map((instance) => [instance.id, instance]));
  const rows = new Map<string, RuleRow>();
  for (const rule of rules) {
    const instance = watched.get(rule.instanceId ?? "");
    if (!instance) continue;
    const words = ruleWords(rule);
    const key = [rule.plugin, rule.id, rule.severity, words].join("\n");
    const watches = [...(rows.get(key)?.watches ?? []), { id: instance.id, title: nameOf(instance) }];
    const summary = summaryWords(rule.summary, watches.length === 1 ? instance.name : null);
    const { plugin, pluginName, severity } = rule;
    rows.set(key, { key, plugin, pluginName, severity, words, summary, watches });
  }
  return [...rows.values()];
}

/** Beside its plugin's name, a machine's own instance is called by its host. */
const nameOf = (instance: InstanceSummary): string =>
  instance.name === instance.host ? instance.host : titleOf(instance).title;
