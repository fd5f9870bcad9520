import type { Labels } from "../../plugins/sdk/plugin";
import { seriesKey, sortLabels } from "../metrics/series-key";
import { matches } from "./judge";
import type { Source as Looked } from "./lookback";
import { applyOverrides } from "./overrides";
import type { Alert, Standing } from "./shapes/alert";
import type { Override } from "./shapes/override";
import type { Part, Rule, ValuePart } from "./shapes/rule";
import { type Timing, unborn } from "./step";
import type { MetricFacts, SeriesName, Watched } from "./watched";

/** What one series came to under one condition of a rule. */
export interface Judged {
  holds: boolean | undefined;
  /** As it was when that was last known: what was beyond its limit stays so until `clear`. */
  held: boolean;
  value: number | null;
  limit: number | null;
  at: number;
}

/** A rule on series that belong together: what becomes an alert. */
export interface Group {
  readonly key: string;
  readonly rule: Rule;
  readonly labels: Labels;
  readonly timing: Timing;
  readonly staleMs: number;
  /** By condition, then by series. */
  readonly parts: readonly Map<number, Judged>[];
  /** By condition: the series whose silence it waits for. */
  readonly absent: readonly number[][];
  /** What fails when its instance does: it looks at what a plugin reports. */
  readonly needsRun: boolean;
  standing: Standing;
  /** From pending on. */
  alert: Alert | undefined;
  /** Kept over the end of an alert. */
  fires: readonly number[];
  seenAt: number;
  /** A person ended it: it waits until its condition was over. */
  dismissed: Alert | undefined;
}

/** What outlives a plan. */
export type Known = Pick<Group, "standing" | "alert" | "fires" | "dismissed">;

/** A series under one condition. */
export interface Binding {
  readonly group: Group;
  readonly index: number;
  readonly part: ValuePart | Extract<Part, { kind: "absent" }>;
  readonly looked: Looked;
  /** Of the metric that is the limit, which is none any more after so long without a sample. */
  readonly limit: { readonly key: string; readonly staleMs: number } | undefined;
}

export interface Plan {
  readonly instance: Watched;
  readonly groups: Map<string, Group>;
  readonly bindings: Map<number, readonly Binding[]>;
  /** Newest value of each series. */
  readonly newest: Map<number, { at: number; value: number }>;
  /** By their keys, the series of metrics that others are held against. */
  readonly ids: Map<string, number>;
  bind(series: SeriesName, at: number): readonly Binding[];
  /** The alerts that a series would have a part in. */
  keysOf(series: SeriesName): readonly string[];
  /** After so long without a sample nothing waits for a series any more. */
  patienceMs(metric: string): number;
  /** The last run; undefined before the first. */
  at: number | undefined;
  sweptAt: number;
}

export interface PlanParts {
  readonly instance: Watched;
  readonly rules: readonly Rule[];
  readonly overrides: readonly Override[];
  facts(metric: string): MetricFacts | undefined;
  /** What was known of a group before, from an earlier plan or from the database. */
  recall(key: string): Known | undefined;
  /** When the instance was looked at last. */
  readonly lastRunAt: number | undefined;
}

const DAY_MS = 24 * 3_600_000;
/** Most series are looked at by no rule. */
const NONE: readonly Binding[] = [];

/** What Unity itself says of each run: known also when the run failed. */
const isOwn = (metric: string) => metric.startsWith("unity_");

/** Which series of an instance its rules look at. Series are bound when they are first seen. */
export function makePlan({ instance, rules, overrides, facts, recall, lastRunAt }: PlanParts): Plan {
  const groups = new Map<string, Group>();
  const bindings = new Map<number, readonly Binding[]>();
  const ids = new Map<string, number>();
  const limits = new Set<string>();
  const byMetric = new Map<string, { rule: Rule; index: number }[]>();
  for (const rule of rules) {
    for (const [index, part] of rule.parts.entries()) {
      if (part.kind === "failing") continue;
      byMetric.set(part.metric, [...(byMetric.get(part.metric) ?? []), { rule, index }]);
      if (part.kind === "value" && typeof part.limit === "object") limits.add(part.limit.metric);
    }
    // What looks at runs only needs no series to be there.
    if (rule.parts.every(({ kind }) => kind === "failing")) groupOf(rule, {}, 0);
  }

  /** Labels that every condition's metric has; of a single condition, all of them. */
  function sharedLabels(rule: Rule, labels: Labels): Labels {
    if (rule.parts.length === 1) return labels;
    const names = Object.keys(labels).filter((name) =>
      rule.parts.every((part) => part.kind === "failing" || (facts(part.metric)?.labels ?? [name]).includes(name)),
    );
    return Object.fromEntries(names.map((name) => [name, labels[name] ?? ""]));
  }

  /** Undefined where it is ignored. */
  function groupOf(rule: Rule, labels: Labels, at: number): Group | undefined {
    const { rule: effective } = applyOverrides(rule, overrides, instance, labels);
    if (!effective.enabled) return undefined;
    const key = groupKey(rule.id, instance.id, labels);
    const there = groups.get(key);
    if (there) {
      there.seenAt = Math.max(there.seenAt, at);
      return there;
    }
    const metrics = effective.parts.flatMap((part) => (part.kind === "failing" ? [] : [part.metric]));
    const staleMs = Math.max(
      3 * instance.intervalSeconds * 1_000,
      ...metrics.map((metric) => facts(metric)?.staleMs ?? 0),
    );
    const known = recall(key);
    const group: Group = {
      key,
      rule: effective,
      labels,
      timing: {
        forMs: effective.forSeconds * 1_000,
        keepFiringMs: effective.keepFiringSeconds * 1_000,
        maxStepMs: staleMs,
        whenGone: effective.whenGone,
      },
      staleMs,
      parts: effective.parts.map(() => new Map()),
      absent: effective.parts.map(() => []),
      needsRun: metrics.some((metric) => !isOwn(metric)) && effective.parts.some(({ kind }) => kind === "value"),
      standing: known?.standing ?? unborn(at),
      alert: known?.alert && renewed(known.alert, effective),
      fires: known?.fires ?? [],
      seenAt: at,
      dismissed: known?.dismissed,
    };
    groups.set(key, group);
    return group;
  }

  return {
    instance,
    groups,
    bindings,
    newest: new Map(),
    ids,
    bind(series, at) {
      if (limits.has(series.metric)) ids.set(seriesKey(series.metric, sortLabels(series.labels)), series.id);
      const found = (byMetric.get(series.metric) ?? []).flatMap(
        ({ rule, index }) => bindTo(rule, index, series, at) ?? [],
      );
      bindings.set(series.id, found.length > 0 ? found : NONE);
      return found;
    },
    keysOf: ({ metric, labels }) =>
      (byMetric.get(metric) ?? []).map(({ rule }) => groupKey(rule.id, instance.id, sharedLabels(rule, labels))),
    patienceMs: (metric) =>
      Math.max(
        DAY_MS,
        facts(metric)?.staleMs ?? 0,
        ...(byMetric.get(metric) ?? []).map(({ rule, index }) => waitOf(rule, index)),
      ),
    at: lastRunAt,
    sweptAt: lastRunAt ?? 0,
  };

  function bindTo(rule: Rule, index: number, series: SeriesName, at: number): Binding | undefined {
    const declared = rule.parts[index];
    if (!declared || declared.kind === "failing" || !matches(series.labels, declared.where)) return undefined;
    const group = groupOf(rule, sharedLabels(rule, series.labels), at);
    const part = group?.rule.parts[index];
    if (!group || !part || part.kind === "failing") return undefined;
    if (part.kind === "absent") group.absent[index]?.push(series.id);
    const looked: Looked = {
      series: series.id,
      take: part.kind === "value" ? part.take : { kind: "last" },
      isRate: facts(series.metric)?.isRate ?? false,
      maxStepMs: facts(series.metric)?.staleMs ?? group.staleMs,
    };
    const limit =
      part.kind === "value" && typeof part.limit === "object"
        ? {
            key: seriesKey(part.limit.metric, sortLabels(series.labels)),
            staleMs: facts(part.limit.metric)?.staleMs ?? group.staleMs,
          }
        : undefined;
    return { group, index, part, looked, limit };
  }
}

/** The same for the same rule, instance and labels, after a restart too. */
const groupKey = (rule: string, instance: string, labels: Labels) =>
  `${rule}\n${instance}\n${seriesKey("", sortLabels(labels))}`;

/** An alert says what its rule says now. */
const renewed = (alert: Alert, { name, severity, summary, channels, labels }: Rule): Alert => ({
  ...alert,
  ruleName: name,
  severity,
  summary,
  channels,
  ruleLabels: labels,
});

function waitOf({ parts }: Rule, index: number): number {
  const part = parts[index];
  return part?.kind === "absent" ? part.seconds * 1_000 : 0;
}
