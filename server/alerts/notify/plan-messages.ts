import type { Alert } from "../shapes/alert";
import type { Route } from "../shapes/route";
import { type Aim, aimAt, groupOf, isWorse, OWN } from "./aim";
import { type Decision, decideFiring, decideResolved, type Heard, type Tell } from "./decide";
import type { FactsOf, MutedBy, Place } from "./facts";

/** What there is to tell now, put together by group. */
export interface Draft {
  readonly channelId: string;
  readonly groupKey: string;
  readonly route: Route;
  readonly tells: readonly Tell[];
  /** Of the group, told before and firing still. */
  readonly others: number;
}

export interface PlanInput {
  readonly now: number;
  /** Pending ones do not matter. */
  readonly open: readonly Alert[];
  /** How alerts ended that a channel heard of, by their key. */
  readonly ended: ReadonlyMap<string, Alert>;
  readonly heard: Iterable<Heard>;
  /** When a message of the group last went to the channel. */
  lastAt(channelId: string, groupKey: string): number | undefined;
  readonly routes: readonly Route[];
  readonly places: readonly Place[];
  readonly factsOf: FactsOf;
  readonly mutedBy: MutedBy;
  reopenedAt(alert: Alert): number | null;
}

export interface MessagePlan {
  readonly drafts: Draft[];
  /** Nothing more will be said of these. */
  readonly done: Heard[];
  /** When what is decided and waits is due, the first of it; infinite where nothing waits. */
  readonly nextAt: number;
}

/** A group whose last alert is over says so soon, and in one message. */
const OVER_GAP_MS = 10_000;
const CRITICAL_GAP_MS = 60_000;
/** A message of more would be large; the rest comes with the next. */
const MOST_TELLS = 200;

interface Gathered {
  readonly channelId: string;
  readonly groupKey: string;
  readonly route: Route;
  readonly decisions: Decision[];
  /** Told and still firing. */
  firing: number;
}

/** Pure. */
export function planMessages(input: PlanInput): MessagePlan {
  const heard = new Map([...input.heard].map((one) => [idOf(one.channelId, one.alert.key), one]));
  const groups = new Map<string, Gathered>();
  const done: Heard[] = [];
  const gather = (channelId: string, groupKey: string, route: Route): Gathered => {
    const id = idOf(channelId, groupKey);
    const known = groups.get(id) ?? { channelId, groupKey, route, decisions: [], firing: 0 };
    groups.set(id, known);
    return known;
  };
  const firing = new Set<string>();
  for (const alert of input.open) {
    if (alert.firedAt === null) continue;
    firing.add(alert.key);
    const facts = input.factsOf(alert);
    const muted = input.mutedBy(alert, input.now) !== null;
    for (const aim of aimAt(alert, facts, input)) {
      const last = heard.get(idOf(aim.channelId, alert.key));
      const group = gather(aim.channelId, groupOf(alert, facts, aim.route), aim.route);
      const situation = { now: input.now, muted, reopenedAt: input.reopenedAt(alert) };
      const decision = decideFiring(alert, last, aim, situation);
      if (last?.alert.id === alert.id) group.firing += 1;
      if (decision) group.decisions.push(decision);
    }
  }
  for (const last of heard.values()) {
    if (firing.has(last.alert.key)) continue;
    const { told, aim } = decideOver(last, input);
    if (told === "never") done.push(last);
    else if (told) gather(last.channelId, last.groupKey, aim?.route ?? OWN).decisions.push(told);
  }
  const due = [...groups.values()].map((group) => ({ group, at: Math.min(...dueTimes(group, input)) }));
  return {
    drafts: due.flatMap(({ group, at }) => (at <= input.now ? [draftOf(group)] : [])),
    done,
    nextAt: Math.min(...due.flatMap(({ at }) => (at > input.now ? [at] : []))),
  };
}

/** Undefined while nobody knows how it ended. */
function decideOver(last: Heard, input: PlanInput): { told?: Decision | "never" | undefined; aim?: Aim | undefined } {
  const { places, now } = input;
  if (!places.some(({ id, enabled }) => enabled && id === last.channelId)) return { told: "never" };
  const ended = input.ended.get(last.alert.key);
  if (!ended && last.event !== "resolved") return {};
  const alert = ended ?? last.alert;
  const aim = aimAt(alert, input.factsOf(alert), input).find(({ channelId }) => channelId === last.channelId);
  const muted = input.mutedBy(alert, now) !== null;
  return { told: decideResolved(alert, last, { tellsResolved: aim?.route.resolved ?? true, now, muted }), aim };
}

/** When each thing that there is to tell of a group may be told. The first of them takes the others along. */
function dueTimes({ channelId, groupKey, route, decisions, firing }: Gathered, input: PlanInput): number[] {
  const lastAt = input.lastAt(channelId, groupKey) ?? Number.NEGATIVE_INFINITY;
  const over = decisions.filter(({ event }) => event === "resolved").length;
  const isOver = over === decisions.length && firing === 0;
  return decisions.map((decision) => Math.max(decision.dueAt, lastAt + gapOf(decision, route, isOver)));
}

function draftOf({ channelId, groupKey, route, decisions, firing }: Gathered): Draft {
  const sorted = [...decisions].sort(
    (one, other) =>
      Number(one.event === "resolved") - Number(other.event === "resolved") ||
      Number(isWorse(other.alert.severity, one.alert.severity)) -
        Number(isWorse(one.alert.severity, other.alert.severity)),
  );
  const tells = sorted.slice(0, MOST_TELLS).map(({ event, alert }) => ({ event, alert }));
  const again = tells.filter(({ event }) => event === "still").length;
  return { channelId, groupKey, route, tells, others: Math.max(firing - again, 0) };
}

function gapOf({ event, alert }: Decision, { updateMinutes }: Route, isOver: boolean): number {
  const gap = updateMinutes * 60_000;
  if (event === "still") return 0;
  if (isOver) return Math.min(gap, OVER_GAP_MS);
  return alert.severity === "critical" && event !== "resolved" ? Math.min(gap, CRITICAL_GAP_MS) : gap;
}

export const idOf = (channelId: string, of: string) => `${channelId}\n${of}`;
