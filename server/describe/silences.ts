import type { z } from "zod";
import { makeWindow, type Opening, type Window } from "../alerts/occurrences";
import { findWhenProblem } from "../alerts/shapes/silence";
import type { Kept } from "../alerts/silence-book";
import { matchesAlert, matchesPlace } from "../alerts/silence-match";
import type { SightParts } from "../sight/sight";
import type { PreviewInput, SilencePreview, SilenceView } from "../trpc/silence-outputs";
import type { Unity } from "../unity";

type Parts = Pick<SightParts, "instances" | "alerts" | "muting" | "clock">;
type View = z.output<typeof SilenceView>;

const HOUR_MS = 3_600_000;
const CALENDAR_MS = 35 * 86_400_000;
/** Of one window: one an hour would draw a bar. */
const MOST_DRAWN = 100;
const MOST_PREVIEWED = 5;
const MOST_NAMED = 20;

/** What is open first, then what comes next, then what is over, the last first. */
export async function describeSilences(parts: Parts): Promise<View[]> {
  const now = parts.clock.now();
  const muted = parts.muting.mutedAmong(await parts.alerts.standing(), now);
  const counts = new Map<string, number>();
  for (const { id } of muted.values()) counts.set(id, (counts.get(id) ?? 0) + 1);
  const rank = { open: 0, planned: 1, over: 2 } as const;
  return parts.muting.silences
    .all()
    .map((kept) => viewOf(kept, now, counts.get(kept.silence.id) ?? 0))
    .sort((one, other) => rank[one.state] - rank[other.state] || orderOf(one) - orderOf(other));
}

export async function describeSilence(
  parts: Pick<Unity, "alerts" | "muting" | "clock">,
  { silence }: Kept,
): Promise<View> {
  const now = parts.clock.now();
  const muted = parts.muting.mutedAmong(await parts.alerts.standing(), now);
  const mutes = [...muted.values()].filter(({ id }) => id === silence.id).length;
  return viewOf(parts.muting.silences.require(silence.id), now, mutes);
}

function viewOf({ silence, window }: Kept, now: number, mutes: number): View {
  const open = window.openingAt(now);
  const next = window.nextAfter(now);
  return {
    ...silence,
    state: open ? "open" : next ? "planned" : "over",
    open: open ? withClock(window, open) : null,
    next: next ? withClock(window, next) : null,
    openings: draw(window, now),
    mutes,
  };
}

/** Open: what ends first. Planned: what begins first. Over: what ended last. */
function orderOf({ state, open, next, when }: View): number {
  if (state === "open") return open?.to ?? Number.MAX_SAFE_INTEGER;
  return state === "planned" ? (next?.from ?? 0) : -(when.to ?? 0);
}

const withClock = (window: Window, opening: Opening) => ({ ...opening, clock: window.clockAt(opening.from) });

/** Calendars take their time, and change with the hour at most. They go with their silence. */
const drawn = new WeakMap<Window, { readonly hour: number; readonly openings: View["openings"] }>();

function draw(window: Window, now: number): View["openings"] {
  const hour = Math.floor(now / HOUR_MS);
  const known = drawn.get(window);
  if (known?.hour === hour) return known.openings;
  const from = hour * HOUR_MS;
  const openings = window.within(from, from + CALENDAR_MS, MOST_DRAWN).map((one) => withClock(window, one));
  drawn.set(window, { hour, openings });
  return openings;
}

export async function describeSilencePreview(
  parts: Parts,
  { matchers, when }: z.output<typeof PreviewInput>,
): Promise<z.output<typeof SilencePreview>> {
  const { alerts, instances, clock } = parts;
  const rank = { critical: 0, warning: 1, info: 2 } as const;
  const open = (await alerts.standing())
    .filter((alert) => matchesAlert(matchers, alert, instances.get(alert.instanceId)))
    .sort((one, other) => rank[one.severity] - rank[other.severity]);
  const firing = open.filter(({ standing }) => standing.phase === "firing").length;
  const problem = when ? (findWhenProblem(when) ?? null) : null;
  return {
    problem,
    firing,
    pending: open.length - firing,
    alerts: open.slice(0, MOST_NAMED).map(({ id, ruleName, instanceId, severity, standing }) => ({
      id,
      ruleName,
      instanceName: instances.get(instanceId)?.name ?? null,
      severity,
      phase: standing.phase === "firing" ? "firing" : "pending",
    })),
    instances: instances.list().flatMap((one) => (matchesPlace(matchers, one) ? [one.name] : [])),
    openings: when && !problem ? nextOpenings(makeWindow(when), clock.now()) : [],
  };
}

function nextOpenings(window: Window, now: number): View["openings"] {
  const openings: View["openings"] = [];
  let one = window.openingAt(now) ?? window.nextAfter(now);
  while (one && openings.length < MOST_PREVIEWED) {
    openings.push(withClock(window, one));
    one = one.to === null ? undefined : window.nextAfter(one.from);
  }
  return openings;
}
