import { badness } from "./judge";
import type { Group, Judged, Plan } from "./plan";
import type { Alert, Cause, Phase, Transition } from "./shapes/alert";
import type { Part } from "./shapes/rule";
import { type Input, step } from "./step";
import type { Seen } from "./watched";

const HOUR_MS = 3_600_000;

/** What became of a group in a run: truth of its conditions, one step, and the alert that comes of it. Undefined where nothing changed. */
export function settleGroup(group: Group, plan: Plan, seen: Seen, newId: () => string): Transition | undefined {
  const truth = truthOf(group, plan, seen);
  const input = inputOf(group, truth, seen);
  if (!input) return undefined;
  if (group.dismissed) {
    if (input.kind === "error" || (input.kind === "value" && input.holds)) return undefined;
    group.dismissed = undefined;
  }
  const from = group.standing.phase;
  const next = step(group.timing, group.standing, input, seen.at);
  if (next === group.standing) return undefined;
  group.standing = next;
  const to = next.phase;
  if (group.alert) group.alert = keepUp(group, group.alert);
  return from === to
    ? undefined
    : changed(group, { from, to, seen, cause: input.kind === "value" ? "measured" : input.kind }, newId);
}

function changed(
  group: Group,
  { from, to, seen, cause }: { from: Phase; to: Phase; seen: Seen; cause: Cause },
  newId: () => string,
): Transition | undefined {
  const { at } = seen;
  if (to === "pending" || to === "firing")
    group.alert = { ...(group.alert ?? birth(group, seen, newId())), standing: group.standing };
  if (!group.alert) return undefined;
  if (to === "firing") {
    group.fires = [...group.fires.filter((fired) => at - fired < HOUR_MS), at];
    group.alert = { ...group.alert, firedAt: at, worst: group.alert.value, fires: group.fires };
  }
  const alert = { ...group.alert, standing: group.standing };
  if (to !== "pending" && to !== "firing") group.alert = undefined;
  return { alert, from, to, at, cause };
}

function birth(group: Group, { instance }: Seen, id: string): Alert {
  const { rule, key, labels, standing, fires } = group;
  return {
    key,
    id,
    ruleId: rule.id,
    ruleName: rule.name,
    instanceId: instance.id,
    labels,
    severity: rule.severity,
    summary: rule.summary,
    standing,
    ...toldBy(group),
    worst: null,
    firedAt: null,
    acknowledged: null,
    snoozedUntil: null,
    fires,
    channels: rule.channels,
    ruleLabels: rule.labels,
  };
}

/** The newest value, the furthest one, and whether it is still as it was when a person took note of it. */
function keepUp(group: Group, alert: Alert): Alert {
  const told = toldBy(group);
  const { part } = tellingOf(group);
  const further = (one: number | null, other: number | null) => {
    if (one === null || other === null || part?.kind !== "value" || told.limit === null) return false;
    return badness(part, one, told.limit) > badness(part, other, told.limit);
  };
  const { acknowledged } = alert;
  const isOther =
    acknowledged !== null &&
    ((acknowledged.until === "changed" && told.value !== acknowledged.value) ||
      (acknowledged.until === "worse" && further(told.value, acknowledged.value)));
  return {
    ...alert,
    ...told,
    standing: group.standing,
    worst: alert.worst === null || further(told.value, alert.worst) ? told.value : alert.worst,
    acknowledged: isOther ? null : acknowledged,
  };
}

/** The condition that an alert shows: the first that holds, or else the first that was measured. */
function tellingOf({ rule, parts }: Group): { part: Part | undefined; judged: Judged | undefined } {
  for (const wanted of [true, false, undefined]) {
    for (const [index, series] of parts.entries()) {
      const judged = [...series.values()].find(({ holds }) => holds === wanted);
      if (judged) return { part: rule.parts[index], judged };
    }
  }
  return { part: rule.parts[0], judged: undefined };
}

function toldBy(group: Group): Pick<Alert, "metric" | "value" | "limit"> {
  const { part, judged } = tellingOf(group);
  return {
    metric: part && part.kind !== "failing" ? part.metric : null,
    value: judged?.value ?? null,
    limit: judged?.limit ?? null,
  };
}

/** Over, by another reason than a measurement. */
export function endAlert(alert: Alert, at: number, cause: Cause): Transition {
  const standing = { phase: "resolved", since: at, at, heldMs: 0 } as const;
  return { alert: { ...alert, standing }, from: alert.standing.phase, to: "resolved", at, cause };
}

/** Undefined: nothing can be said yet, what stands stays. */
function inputOf(group: Group, truth: boolean | undefined, { at, failed }: Seen): Input | undefined {
  if (truth === true) return { kind: "value", holds: true };
  if (failed && group.needsRun) return { kind: "error" };
  const isSilent = group.needsRun && at - group.seenAt > group.staleMs;
  if (isSilent) return { kind: "no_data" };
  return truth === undefined ? undefined : { kind: "value", holds: truth };
}

function truthOf(group: Group, plan: Plan, seen: Seen): boolean | undefined {
  const truths = group.rule.parts.map((part, index) => partTruth(group, { part, index }, plan, seen));
  const [found, other] = group.rule.join === "all" ? [false, true] : [true, false];
  if (truths.includes(found)) return found;
  return truths.includes(undefined) ? undefined : other;
}

function partTruth(
  group: Group,
  { part, index }: { part: Part; index: number },
  plan: Plan,
  seen: Seen,
): boolean | undefined {
  if (part.kind === "failing") return seen.consecutiveErrors >= part.runs;
  if (part.kind === "absent") {
    const ids = group.absent[index] ?? [];
    return ids.some((id) => seen.at - (plan.newest.get(id)?.at ?? seen.at) > part.seconds * 1_000);
  }
  // What a plugin reports is not known after a failed run.
  if (seen.failed && group.needsRun) return undefined;
  let truth: boolean | undefined;
  for (const judged of group.parts[index]?.values() ?? []) {
    if (judged.holds === undefined || seen.at - judged.at > group.staleMs) continue;
    if (judged.holds) return true;
    truth = false;
  }
  return truth;
}
