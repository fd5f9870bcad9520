import type { z } from "zod";
import type { Alert, AlertEvent } from "../alerts/shapes/alert";
import { isFlapping } from "../alerts/shapes/alert";
import type { Backtest } from "../alerts/shapes/backtest";
import type { Rule, Take } from "../alerts/shapes/rule";
import type { MutedBy } from "../alerts/shapes/silence";
import { specOf } from "../collect/own-metrics";
import { seriesKey, sortLabels } from "../metrics/series-key";
import type { SightParts } from "../sight/sight";
import type { BacktestView, OpenAlert, TimelineEvent } from "../trpc/alert-outputs";
import { storedUnit } from "./figures";
import { unitOfTake } from "./value-unit";

export type Parts = Pick<SightParts, "registry" | "instances" | "alerts" | "muting" | "clock" | "series">;

/** Pending and firing: the worst first, then what fired last. */
export async function describeOpenAlerts(parts: Parts): Promise<z.output<typeof OpenAlert>[]> {
  const open = await parts.alerts.standing();
  const take = createTakes(parts);
  const muted = parts.muting.mutedAmong(open, parts.clock.now());
  const rank = { critical: 0, warning: 1, info: 2 } as const;
  return open
    .map((alert) => describeAlert(parts, alert, { take, mutedBy: muted.get(alert.id) ?? null }))
    .sort(
      (one, other) =>
        Number(other.firedAt !== null) - Number(one.firedAt !== null) ||
        rank[one.severity] - rank[other.severity] ||
        other.since - one.since,
    );
}

export function describeAlert(
  parts: Parts,
  alert: Alert,
  {
    take = createTakes(parts),
    mutedBy = parts.muting.mutedBy(alert, parts.clock.now()),
  }: { take?: ReturnType<typeof createTakes>; mutedBy?: MutedBy | null } = {},
): z.output<typeof OpenAlert> {
  const { id, ruleId, ruleName, instanceId, labels, severity, summary, standing, metric, value, limit, worst } = alert;
  return {
    id,
    ruleId,
    ruleName,
    ...about(parts, instanceId),
    labels,
    severity,
    summary,
    phase: standing.phase === "firing" ? "firing" : "pending",
    since: standing.since,
    metric,
    unit: unitOf(parts, alert, take),
    value,
    limit,
    worst,
    series: seriesOf(parts, alert, take),
    firedAt: alert.firedAt,
    acknowledged: alert.acknowledged,
    snoozedUntil: alert.snoozedUntil,
    mutedBy,
    flapping: isFlapping(alert),
  };
}

export function describeEvent(
  parts: Parts,
  event: AlertEvent,
  take = createTakes(parts),
): z.output<typeof TimelineEvent> {
  const { id, at, alertId, ruleId, instanceId, severity, value, limit, actor, details } = event;
  const { ruleName, labels, summary, metric, from, cause, worst, note, until } = details;
  return {
    id,
    at,
    alertId,
    ruleId,
    ruleName,
    ...about(parts, instanceId),
    labels,
    event: event.event,
    from: from ?? null,
    cause: cause ?? null,
    severity,
    summary,
    metric,
    unit: unitOf(parts, { instanceId, ruleId, metric }, take),
    value,
    limit,
    worst: worst ?? null,
    actor,
    note: note ?? "",
    until: until ?? null,
  };
}

/** @param rule what was tried */
export function describeBacktest(
  parts: Parts,
  backtest: Backtest,
  rule: Pick<Rule, "parts">,
): z.output<typeof BacktestView> {
  return {
    ...backtest,
    resolution: [...backtest.resolution],
    episodes: backtest.episodes.map(({ instanceId, ...episode }) => ({
      ...episode,
      ...about(parts, instanceId),
      unit: unitOf(parts, { instanceId, ruleId: "", metric: episode.metric }, ({ metric }) => takeOf(rule, metric)),
    })),
  };
}

/** An instance that was removed has left its alerts behind, without its name. */
export function about({ instances }: Pick<Parts, "instances">, instanceId: string) {
  const instance = instances.get(instanceId);
  return {
    instanceId,
    instanceName: instance?.name ?? null,
    host: instance?.host ?? null,
    plugin: instance?.plugin ?? null,
  };
}

type Named = { readonly instanceId: string; readonly ruleId: string; readonly metric: string | null };
/** What a rule compares of a metric; undefined when the rule is gone. */
export type FindTake = (named: Named) => Take | undefined;

/** The rules of each instance are made once for a whole list of alerts. */
export function createTakes({ alerts, instances }: Parts): FindTake {
  const known = new Map<string, ReadonlyMap<string, Rule>>();
  const rulesOf = (instanceId: string) => {
    const instance = instances.get(instanceId);
    const rules = new Map((instance ? alerts.effective(instance, {}) : []).map(({ rule }) => [rule.id, rule]));
    known.set(instanceId, rules);
    return rules;
  };
  return ({ instanceId, ruleId, metric }) => {
    const rule = (known.get(instanceId) ?? rulesOf(instanceId)).get(ruleId);
    return rule && takeOf(rule, metric);
  };
}

/** Rules of several conditions leave labels out that only one of them has: then it may be any of several. */
function seriesOf({ series }: Parts, { instanceId, ruleId, metric, labels }: Alert, find: FindTake): number | null {
  if (metric === null || find({ instanceId, ruleId, metric })?.kind !== "last") return null;
  const key = seriesKey(metric, sortLabels(labels));
  const found = series.ofInstance(instanceId).find((one) => seriesKey(one.metric, sortLabels(one.labels)) === key);
  return found?.id ?? null;
}

function takeOf({ parts }: Pick<Rule, "parts">, metric: string | null): Take | undefined {
  const part = parts.find((one) => one.kind === "value" && one.metric === metric);
  return part?.kind === "value" ? part.take : undefined;
}

function unitOf({ registry, instances }: Parts, named: Named, find: FindTake): string {
  const plugin = registry.get(instances.get(named.instanceId)?.plugin ?? "");
  const spec = named.metric === null ? undefined : specOf(plugin, named.metric);
  if (!spec) return "count";
  const take = find(named);
  return take ? unitOfTake(spec, take) : storedUnit(spec);
}
