import type { AlertSpec, Plugin } from "../../plugins/sdk/plugin";
import type { Rule, Take } from "./shapes/rule";

/** At most so long it takes until an alert of a plugin's own rule is believed to be over. */
const LONGEST_KEEP_SECONDS = 300;

/** The id of a plugin's own rule, beside which people's rules have random ones. */
export const defaultRuleId = (plugin: string, id: string) => `${plugin}/${id}`;

/** Watches every instance, whatever its plugin. */
export const FAILING_RULE: Rule = {
  id: "unity/failing",
  origin: "plugin",
  name: "Cannot be asked",
  enabled: true,
  scope: { kind: "all" },
  parts: [{ kind: "failing", runs: 3 }],
  join: "all",
  forSeconds: 0,
  keepFiringSeconds: 0,
  whenGone: "resolve",
  severity: "critical",
  summary: "{{instance}} could not be asked three times in a row",
  note: "",
  runbook: "",
  labels: {},
  channels: [],
};

/** A plugin's own rules for an instance with this config. What depends on a config that is not valid is left out. */
export function makeDefaultRules(plugin: Plugin, config: Readonly<Record<string, unknown>>): Rule[] {
  const parsed = plugin.config.safeParse(config);
  return plugin.alerts.flatMap((spec) => {
    const when = typeof spec.when !== "function" ? spec.when : parsed.success ? spec.when(parsed.data) : undefined;
    return when ? [makeRule(plugin, spec, when)] : [];
  });
}

type When = Exclude<AlertSpec["when"], (...args: never[]) => unknown>;

function makeRule(plugin: Plugin, spec: Plugin["alerts"][number], when: When): Rule {
  const [is, limit] =
    "above" in when
      ? (["above", when.above] as const)
      : "below" in when
        ? (["below", when.below] as const)
        : (["equal", when.equals] as const);
  const forSeconds = spec.forSeconds ?? 0;
  return {
    id: defaultRuleId(plugin.id, spec.id),
    origin: "plugin",
    name: nameOf(spec.id),
    enabled: true,
    scope: { kind: "plugin", plugin: plugin.id },
    parts: [
      {
        kind: "value",
        metric: spec.metric,
        where: Object.entries(spec.where ?? {}).map(([label, value]) => ({ label, op: "is", value })),
        take: takeOf(spec),
        is,
        limit: typeof limit === "number" ? limit : { metric: limit.metric, times: limit.times ?? 1 },
      },
    ],
    join: "all",
    forSeconds,
    // What takes a while to be believed takes as long to be over, so that it does not come and go.
    keepFiringSeconds: Math.min(forSeconds, LONGEST_KEEP_SECONDS),
    whenGone: "resolve",
    severity: spec.severity,
    summary: spec.summary,
    note: "",
    runbook: "",
    labels: {},
    channels: [],
  };
}

function takeOf({ over }: Pick<AlertSpec, "over">): Take {
  if (!over) return { kind: "last" };
  if ("increaseSeconds" in over) return { kind: "increase", seconds: over.increaseSeconds };
  if ("changesSeconds" in over) return { kind: "changes", seconds: over.changesSeconds };
  return { kind: "forecast", seconds: over.forecastSeconds };
}

/** "disk_full" is "Disk full". */
function nameOf(id: string): string {
  const words = id.replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
