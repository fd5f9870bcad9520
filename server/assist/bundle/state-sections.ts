import { summaryOf } from "../../alerts/notify/summary";
import type { Instance } from "../../collect/instance";
import { describeOpenAlerts } from "../../describe/alerts";
import { describeInstance } from "../../describe/instance";
import type { Parts } from "../list-series";
import { tidy } from "../measure-course";
import { compare } from "../relevance";
import { cut, isoOf, type Line, type Section, writeLine } from "./line";

/** What fires, then what is about to. */
export async function firingSection(parts: Parts): Promise<Section> {
  const open = await describeOpenAlerts(parts);
  const lines = open.map((alert) =>
    writeLine(parts.instances.get(alert.instanceId) ?? null, {
      kind: "firing",
      state: alert.phase,
      since: isoOf(alert.firedAt ?? alert.since),
      severity: alert.severity,
      rule: alert.ruleName,
      instance: alert.instanceName,
      host: alert.host,
      plugin: alert.plugin,
      labels: alert.labels,
      says: cut(summaryOf(alert)),
      metric: alert.metric,
      value: alert.value === null ? null : tidy(alert.value),
      limit: alert.limit === null ? null : tidy(alert.limit),
      worst: alert.worst === null ? null : tidy(alert.worst),
      unit: alert.metric === null ? null : alert.unit,
      acknowledged_by: alert.acknowledged?.by,
      snoozed_until: isoOf(alert.snoozedUntil),
      muted_by: alert.mutedBy?.name,
      id: alert.id,
    }),
  );
  return { name: "firing", lines };
}

const RANK: Readonly<Record<string, number>> = { failing: 0, degraded: 1, unknown: 2, healthy: 3 };

/** What cannot be asked, and why; and what has not been asked for longer than it should. */
export function troubleSection(parts: Parts): Section {
  const lines: { rank: number; key: string; line: Line }[] = [];
  for (const instance of parts.instances.list()) {
    const { status, maintenance, pluginName } = describeInstance(parts, instance);
    const isStale = isLate(instance, status.lastRunAt, parts.clock.now());
    const isWrong = status.health === "failing" || status.health === "degraded" || isStale;
    if (!instance.enabled || !isWrong) continue;
    const line = writeLine(instance, {
      kind: "trouble",
      state: status.health === "healthy" || status.health === "unknown" ? "stale" : status.health,
      since: isoOf(status.since),
      instance: instance.name,
      plugin: pluginName,
      host: instance.host,
      reason: status.reason,
      says: cut(status.message),
      hint: cut(status.hint),
      errors_in_a_row: status.consecutiveErrors || null,
      last_run: isoOf(status.lastRunAt),
      last_success: isoOf(status.lastSuccessAt),
      maintenance: maintenance?.name,
    });
    lines.push({ rank: RANK[status.health] ?? 4, key: `${instance.host}\n${instance.name}`, line });
  }
  return { name: "trouble", lines: inOrder(lines) };
}

/** Missed runs until it counts as stale; a failing instance is asked four times more seldom. */
const LATE_RUNS = 13;
const isLate = ({ enabled, intervalSeconds }: Instance, lastRunAt: number | null, now: number) =>
  enabled && lastRunAt !== null && now - lastRunAt > LATE_RUNS * intervalSeconds * 1_000;

/** Everything that is watched, and how it does: what is wrong first. */
export function instanceSection(parts: Parts): Section {
  const lines = parts.instances.list().map((instance) => {
    const { status, plugin, tags } = describeInstance(parts, instance);
    const line = writeLine(instance, {
      kind: "instance",
      name: instance.name,
      plugin,
      host: instance.host,
      state: instance.enabled ? status.health : "paused",
      // Of those that are well it was just now.
      last_run: status.health === "healthy" ? null : isoOf(status.lastRunAt),
      tags,
    });
    const rank = instance.enabled ? (RANK[status.health] ?? 4) : 5;
    return { rank, key: `${instance.host}\n${instance.name}`, line };
  });
  return { name: "instance", lines: inOrder(lines) };
}

const inOrder = (lines: readonly { rank: number; key: string; line: Line }[]): Line[] =>
  lines.toSorted((a, b) => a.rank - b.rank || compare(a.key, b.key)).map(({ line }) => line);

/** What each watched thing said of itself, without its long lists. */
export async function inventorySection(parts: Parts): Promise<Section> {
  const lines: Line[] = [];
  const instances = parts.instances.list().toSorted((a, b) => compare(`${a.host}\n${a.name}`, `${b.host}\n${b.name}`));
  for (const instance of instances.slice(0, MOST_INVENTORIES)) {
    const record = await parts.ledger.inventory(instance.id);
    if (!record) continue;
    const facts = Object.entries(record.snapshot.facts ?? {}).map(([name, fact]) => [
      name,
      typeof fact === "string" ? cut(fact) : fact,
    ]);
    const lists = Object.entries(record.snapshot.lists ?? {}).map(([name, rows]) => [name, rows.length]);
    lines.push(
      writeLine(instance, {
        kind: "inventory",
        instance: instance.name,
        host: instance.host,
        facts: Object.fromEntries(facts),
        rows: Object.fromEntries(lists),
      }),
    );
  }
  return { name: "inventory", lines };
}

/** Each is read from the database. */
const MOST_INVENTORIES = 500;
