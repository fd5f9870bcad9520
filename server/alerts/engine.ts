import { isBeyond } from "./judge";
import type { Lookback } from "./lookback";
import { passTime, sweep } from "./passing";
import { type Binding, type Group, type Known, makePlan, type Plan } from "./plan";
import { endAlert, settleGroup } from "./settle";
import type { Alert, Transition } from "./shapes/alert";
import type { Override } from "./shapes/override";
import type { Rule } from "./shapes/rule";
import { isHolding, isOpen } from "./step";
import type { MetricFacts, Seen, SeriesName, Watched } from "./watched";

/** Evaluates rules on what passes. Everything is in memory: a database that is away stops nothing. */
export interface AlertEngine {
  /** Feeds what a run brought. @returns what changed */
  evaluate(seen: Seen): Transition[];
  /** Rules or overrides are others: from the next run of each instance on. What fires stays as far as it is still looked at. */
  reload(): void;
  /** Another process collects it from now on, and knows what stands. */
  letGo(instanceId: string): void;
  /** It was paused or removed: what fires is over. */
  unwatch(instanceId: string, at: number): Transition[];
  /**
   * What stood when the last process ended, and what a person ended whose condition was not over.
   * @returns of alerts that this one has found itself meanwhile, the end of the older ones
   */
  restore(alerts: readonly Alert[], at: number): Transition[];
  /** Pending and firing. */
  open(): Alert[];
  /** Replaces an open alert by what a person made of it. Undefined when it is not open any more. */
  change(id: string, make: (alert: Alert) => Alert): Alert | undefined;
  /** Ends it by hand. It fires again only after its condition was over, or when its instance or rule was off meanwhile. */
  resolve(id: string, at: number): Transition | undefined;
}

export interface EngineParts {
  /** Of people and of the instance's plugin, before overrides. */
  rules(instance: Watched): readonly Rule[];
  overrides(): readonly Override[];
  facts(instance: Watched, metric: string): MetricFacts | undefined;
  series(id: number): SeriesName | undefined;
  ofInstance(instanceId: string): readonly SeriesName[];
  latest(series: readonly number[]): readonly { series: number; at: number; value: number }[];
  /** When it was last looked at, by this process or another. */
  lastRunAt(instanceId: string): number | null;
  readonly lookback: Lookback;
  /** Of an alert. */
  newId(): string;
  /** An acknowledgement ended by itself: the value is another one, or worse. */
  lapsed?(alert: Alert): void;
  /** Nothing waits any more for the condition of an alert that a person ended to be over. */
  undismissed?(alert: Alert): void;
}

export function createEngine(parts: EngineParts): AlertEngine {
  const plans = new Map<string, Plan>();
  /** Of instances without a plan, by the group's key. */
  const kept = new Map<string, Map<string, Known>>();

  function putAway(plan: Plan): void {
    const known = [...plan.groups].map(
      ([key, { standing, alert, fires, dismissed }]) => [key, { standing, alert, fires, dismissed }] as const,
    );
    kept.set(plan.instance.id, new Map(known));
    plans.delete(plan.instance.id);
  }

  function drop({ dismissed }: Pick<Known, "dismissed">): void {
    if (dismissed) parts.undismissed?.(dismissed);
  }

  /** What stood and is looked at no more is over: its rule is gone, off or another one. */
  function planFor(instance: Watched, at: number): { plan: Plan; isNew: boolean; ended: Transition[] } {
    const there = plans.get(instance.id);
    if (there && there.instance === instance) return { plan: there, isNew: false, ended: [] };
    if (there) putAway(there);
    const known = kept.get(instance.id) ?? new Map<string, Known>();
    kept.delete(instance.id);
    const plan = makePlan({
      instance,
      rules: parts.rules(instance).filter(({ enabled }) => enabled),
      overrides: parts.overrides(),
      facts: (metric) => parts.facts(instance, metric),
      recall: (key) => known.get(key),
      lastRunAt: there?.at ?? parts.lastRunAt(instance.id) ?? undefined,
    });
    plans.set(instance.id, plan);
    const open = [...known].flatMap(([key, { alert }]) => (alert ? [{ key, alert }] : []));
    const waiting = [...known].flatMap(([key, { alert, dismissed }]) => (alert || dismissed ? [key] : []));
    bindKnown(plan, at, new Set(waiting));
    const ended = open.flatMap(({ key, alert }) => (plan.groups.has(key) ? [] : [endAlert(alert, at, "unwatched")]));
    for (const [key, one] of known) if (!plan.groups.has(key)) drop(one);
    return { plan, isNew: true, ended };
  }

  /** Silence is what some rules wait for, so series that are there, and those of alerts that are open or a person ended, are known before they speak. */
  function bindKnown(plan: Plan, now: number, waiting: ReadonlySet<string>): void {
    const series = parts.ofInstance(plan.instance.id);
    for (const { series: id, at, value } of parts.latest(series.map(({ id }) => id)))
      plan.newest.set(id, { at, value });
    const lookedAt = plan.at ?? now;
    for (const one of series) {
      const seenAt = plan.newest.get(one.id)?.at;
      const isThere = seenAt !== undefined && lookedAt - seenAt <= plan.patienceMs(one.metric);
      if (isThere || plan.keysOf(one).some((key) => waiting.has(key))) plan.bind(one, seenAt ?? now);
      else plan.newest.delete(one.id);
    }
  }

  function evaluate(seen: Seen): Transition[] {
    const { instance, at } = seen;
    const { plan, isNew, ended } = planFor(instance, at);
    if (!passTime(plan, at, isNew)) return ended;
    for (let index = 0; index < seen.series.length; index++) {
      const [id, value] = [seen.series[index] ?? 0, seen.values[index] ?? 0];
      parts.lookback.push(id, at, value);
      const newest = plan.newest.get(id);
      if (newest) [newest.at, newest.value] = [at, value];
      else plan.newest.set(id, { at, value });
      // A limit may be another metric of the same run, so all of them are known before one is judged.
      if (!plan.bindings.has(id)) bind(plan, id, at);
    }
    for (let index = 0; index < seen.series.length; index++) {
      const id = seen.series[index] ?? 0;
      const value = seen.values[index] ?? 0;
      for (const binding of plan.bindings.get(id) ?? []) judge(plan, binding, { id, at, value });
    }
    const changes = settleAll(plan, seen);
    const gone = sweep(plan, at, { metricOf: (id) => parts.series(id)?.metric, dropped: drop });
    if (gone.length > 0) parts.lookback.forget(gone);
    return ended.length > 0 ? [...ended, ...changes] : changes;
  }

  function settleAll(plan: Plan, seen: Seen): Transition[] {
    const changes: Transition[] = [];
    for (const group of plan.groups.values()) {
      const acknowledged = group.alert?.acknowledged;
      const { dismissed } = group;
      const change = settleGroup(group, plan, seen, parts.newId);
      if (change) changes.push(change);
      // What ended is written with its end.
      if (acknowledged && group.alert?.acknowledged === null) parts.lapsed?.(group.alert);
      if (!group.dismissed) drop({ dismissed });
    }
    return changes;
  }

  function bind(plan: Plan, id: number, at: number): void {
    const series = parts.series(id);
    if (series) plan.bind(series, at);
  }

  function judge(plan: Plan, binding: Binding, { id, at, value }: { id: number; at: number; value: number }): void {
    const { group, index, part, looked } = binding;
    group.seenAt = at;
    if (part.kind === "absent") return;
    const read = parts.lookback.read(looked, at, value);
    const limit = typeof part.limit === "number" ? part.limit : limitOf(plan, binding, part.limit.times, at);
    const known = group.parts[index]?.get(id);
    // Of a series that was away, and after a start, only an open alert tells how it was, or one that a person ended.
    const isFresh = known !== undefined && at - known.at <= group.staleMs;
    const before = isFresh ? known.held : Boolean(group.dismissed ?? (group.alert && isHolding(group.standing)));
    const isKnown = read !== undefined && limit !== undefined;
    const holds = isKnown ? isBeyond(part, { value: read, limit, before }) : undefined;
    const judged = { holds, held: holds ?? before, value: read ?? null, limit: limit ?? null, at };
    if (known) Object.assign(known, judged);
    else group.parts[index]?.set(id, judged);
  }

  const find = (id: string): Group | undefined => {
    for (const { groups } of plans.values())
      for (const group of groups.values()) if (group.alert?.id === id) return group;
    return undefined;
  };
  const findKept = (id: string): Known | undefined =>
    [...kept.values()].flatMap((known) => [...known.values()]).find(({ alert }) => alert?.id === id);
  const keptAlerts = () =>
    [...kept.values()].flatMap((known) => [...known.values()].flatMap(({ alert }) => alert ?? []));

  return {
    evaluate,
    reload() {
      for (const plan of [...plans.values()]) putAway(plan);
    },
    letGo(instanceId) {
      plans.delete(instanceId);
      kept.delete(instanceId);
    },
    unwatch(instanceId, at) {
      const groups = [...(plans.get(instanceId)?.groups.values() ?? []), ...(kept.get(instanceId)?.values() ?? [])];
      const open = groups.flatMap(({ alert }) => alert ?? []);
      for (const group of groups) drop(group);
      plans.delete(instanceId);
      kept.delete(instanceId);
      parts.lookback.forget(parts.ofInstance(instanceId).map(({ id }) => id));
      return open.map((alert) => endAlert(alert, at, "unwatched"));
    },
    restore(alerts, at) {
      return alerts.flatMap((alert) => {
        const plan = plans.get(alert.instanceId);
        if (plan) putAway(plan);
        const known = kept.get(alert.instanceId) ?? new Map<string, Known>();
        kept.set(alert.instanceId, known);
        const { key, standing, fires } = alert;
        const there = known.get(key);
        if (!isOpen(standing)) {
          if (there?.alert || there?.dismissed) drop({ dismissed: alert });
          else known.set(key, { standing, alert: undefined, fires, dismissed: alert });
          return [];
        }
        // People were told of what a run found out meanwhile: there cannot be two.
        if (there?.alert) return [endAlert(alert, at, "unwatched")];
        if (there) drop(there);
        known.set(key, { standing, alert, fires, dismissed: undefined });
        return [];
      });
    },
    open() {
      const found = [...keptAlerts()];
      for (const { groups } of plans.values()) for (const { alert } of groups.values()) if (alert) found.push(alert);
      return found;
    },
    change(id, make) {
      const group = find(id) ?? findKept(id);
      if (!group?.alert) return undefined;
      group.alert = make(group.alert);
      return group.alert;
    },
    resolve(id, at) {
      const group = find(id) ?? findKept(id);
      if (!group?.alert) return undefined;
      const ended = endAlert(group.alert, at, "by_hand");
      group.standing = ended.alert.standing;
      group.alert = undefined;
      group.dismissed = ended.alert;
      return ended;
    },
  };
}

function limitOf(plan: Plan, { limit }: Binding, times: number, at: number): number | undefined {
  const newest = limit && plan.newest.get(plan.ids.get(limit.key) ?? -1);
  return newest && at - newest.at <= limit.staleMs ? newest.value * times : undefined;
}
