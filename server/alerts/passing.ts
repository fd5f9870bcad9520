import type { Group, Plan } from "./plan";
import { CLOCK_SET_BACK_MS } from "./step";

/** Failing instances are asked four times less often. Longer than this, nobody looked: the machine slept, or Unity did not run. */
const LONGEST_GAP = 6;
const SWEEP_MS = 3_600_000;

/**
 * Moves a plan on to the instant of a run. Time that nobody looked is no silence of a series, and neither is the time by which a clock was
 * set back. @returns false when the run is late or doubled, and to be ignored
 */
export function passTime(plan: Plan, at: number, isFirst: boolean): boolean {
  const elapsed = plan.at === undefined ? 0 : at - plan.at;
  if (!isFirst && elapsed <= 0 && elapsed > -CLOCK_SET_BACK_MS) return false;
  const intervalMs = plan.instance.intervalSeconds * 1_000;
  if (elapsed < 0) {
    shift(plan, elapsed);
    for (const group of plan.groups.values())
      group.standing = { ...group.standing, at: Math.min(group.standing.at, at - 1) };
  } else if (elapsed > LONGEST_GAP * intervalMs) shift(plan, elapsed - intervalMs);
  plan.at = at;
  return true;
}

function shift(plan: Plan, ms: number): void {
  for (const newest of plan.newest.values()) newest.at += ms;
  for (const group of plan.groups.values()) {
    group.seenAt += ms;
    for (const part of group.parts) for (const judged of part.values()) judged.at += ms;
  }
}

/**
 * Containers come and go for years: series that have been silent for so long that nothing waits for them are forgotten, and what was made
 * of them as well, unless its alert is open. @returns the series
 */
export function sweep(
  plan: Plan,
  at: number,
  { metricOf, dropped }: { metricOf(series: number): string | undefined; dropped(group: Group): void },
): number[] {
  if (Math.abs(at - plan.sweptAt) < SWEEP_MS) return [];
  plan.sweptAt = at;
  const gone = [...plan.newest].flatMap(([id, newest]) => {
    const bindings = plan.bindings.get(id) ?? [];
    const isOver = at - newest.at > plan.patienceMs(metricOf(id) ?? "");
    return isOver && bindings.every(({ group }) => !group.alert) ? [id] : [];
  });
  if (gone.length === 0) return gone;
  const all = new Set(gone);
  for (const id of gone) {
    plan.newest.delete(id);
    plan.bindings.delete(id);
  }
  for (const [key, id] of plan.ids) if (all.has(id)) plan.ids.delete(key);
  for (const [key, group] of plan.groups) {
    if (!isEmptied(group, all)) continue;
    plan.groups.delete(key);
    dropped(group);
  }
  return gone;
}

/** Whether nothing is left of it. */
function isEmptied({ parts, absent, rule, alert }: Group, gone: ReadonlySet<number>): boolean {
  for (const part of parts) for (const id of part.keys()) if (gone.has(id)) part.delete(id);
  for (const ids of absent) ids.splice(0, ids.length, ...ids.filter((id) => !gone.has(id)));
  if (alert || rule.parts.every(({ kind }) => kind === "failing")) return false;
  return parts.every(({ size }) => size === 0) && absent.every(({ length }) => length === 0);
}
