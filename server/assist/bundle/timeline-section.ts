import { summaryOf } from "../../alerts/notify/summary";
import { createTakes, describeEvent } from "../../describe/alerts";
import type { KnownSeries, Parts } from "../list-series";
import { cut, isoOf, type Line, type Section, writeLine } from "./line";
import type { Windows } from "./read-windows";

interface Window {
  readonly from: number;
  readonly to: number;
}
interface Dated {
  readonly at: number;
  readonly line: Line;
}

/** More than any budget has room for. */
const MOST_EVENTS = 500;
const MOST_RUNS = 2_000;

/** What happened in the window, the newest first: alerts and what people did with them, failed runs, what was started, added. */
export async function timelineSection(
  parts: Parts,
  known: readonly KnownSeries[],
  { windows, ...window }: Window & { readonly windows: Windows },
): Promise<Section> {
  const dated = [
    ...(await alertEvents(parts, window)),
    ...(await failedRuns(parts, window)),
    ...starts(known, { ...window, windows }),
    ...added(parts, window),
  ];
  return { name: "timeline", lines: dated.toSorted((a, b) => b.at - a.at).map(({ line }) => line) };
}

const TOLD: ReadonlySet<string> = new Set(["firing", "resolved", "acknowledged", "snoozed", "noted"]);

async function alertEvents(parts: Parts, { from, to }: Window): Promise<Dated[]> {
  const events = await parts.alerts.history({ from, to, limit: MOST_EVENTS });
  const take = createTakes(parts);
  return events
    .filter(({ event }) => TOLD.has(event))
    .map((one) => {
      const event = describeEvent(parts, one, take);
      const line = writeLine(parts.instances.get(event.instanceId) ?? null, {
        kind: "timeline",
        at: isoOf(event.at),
        event: `alert ${event.event}`,
        severity: event.severity,
        rule: event.ruleName,
        instance: event.instanceName,
        host: event.host,
        labels: event.labels,
        says: event.event === "firing" ? cut(summaryOf(event)) : null,
        cause: event.cause === "measured" ? null : event.cause,
        by: event.actor,
        note: cut(event.note),
      });
      return { at: event.at, line };
    });
}

/** One line for all of an instance that failed for the same reason. */
async function failedRuns({ ledger, instances }: Parts, { from, to }: Window): Promise<Dated[]> {
  const ids = instances.list().map(({ id }) => id);
  const runs = await ledger.failedRuns({ instanceIds: ids, from, to, limit: MOST_RUNS });
  const groups = new Map<string, typeof runs>();
  for (const run of runs) {
    const key = `${run.instanceId} ${run.reason}`;
    const group = groups.get(key);
    if (group) group.push(run);
    else groups.set(key, [run]);
  }
  return [...groups.values()].flatMap((group) => {
    const [newest] = group;
    const oldest = group.at(-1);
    const instance = newest && instances.get(newest.instanceId);
    if (!instance || !oldest) return [];
    const line = writeLine(instance, {
      kind: "timeline",
      at: isoOf(newest.startedAt),
      event: "runs failed",
      count: group.length,
      first_at: group.length > 1 ? isoOf(oldest.startedAt) : null,
      instance: instance.name,
      host: instance.host,
      reason: newest.reason,
      says: cut(newest.message),
    });
    return [{ at: newest.startedAt, line }];
  });
}

/** Metrics that are the instant of a start. */
const STARTS: Readonly<Record<string, string>> = {
  system_boot_timestamp_seconds: "machine started",
  docker_container_started_timestamp_seconds: "container started",
};
export const isStart = ({ series }: KnownSeries): boolean => Object.hasOwn(STARTS, series.metric);

function starts(known: readonly KnownSeries[], { from, to, windows }: Window & { readonly windows: Windows }): Dated[] {
  return known.filter(isStart).flatMap((one) => {
    const at = (windows.lastOf(one) ?? 0) * 1_000;
    if (at < from || at >= to) return [];
    const { instance, series } = one;
    const line = writeLine(instance, {
      kind: "timeline",
      at: isoOf(at),
      event: STARTS[series.metric],
      instance: instance.name,
      host: instance.host,
      labels: series.labels,
    });
    return [{ at, line }];
  });
}

function added({ instances }: Parts, { from, to }: Window): Dated[] {
  return instances
    .list()
    .filter(({ createdAt }) => createdAt >= from && createdAt < to)
    .map((instance) => ({
      at: instance.createdAt,
      line: writeLine(instance, {
        kind: "timeline",
        at: isoOf(instance.createdAt),
        event: "instance added",
        instance: instance.name,
        host: instance.host,
      }),
    }));
}
