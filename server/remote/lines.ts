import { formatDuration } from "../../components/format";
import { summaryOf } from "../alerts/notify/summary";
import type { Api } from "./connect";

type Instance = Awaited<ReturnType<Api["plugins"]["instances"]["query"]>>[number];
type Alert = Awaited<ReturnType<Api["alerts"]["open"]["query"]>>[number];
type Series = Awaited<ReturnType<Api["metrics"]["latest"]["query"]>>[number];

/** Colours, or none. */
export type Paint = (text: string, colour: keyof typeof COLOURS) => string;

const COLOURS = { red: 31, green: 32, yellow: 33, grey: 90, bold: 1 } as const;
export const painter =
  (isColoured: boolean): Paint =>
  (text, colour) =>
    isColoured ? `\u001b[${COLOURS[colour]}m${text}\u001b[0m` : text;

/**
 * A name as text: what a terminal would obey, and what turns the direction of what follows, is shown as its number. Names come from
 * whatever is watched.
 */
export const plain = (text: string): string =>
  text.replace(
    /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu,
    (sign) => `\\u{${(sign.codePointAt(0) ?? 0).toString(16)}}`,
  );

const HEALTH = { healthy: "green", degraded: "yellow", failing: "red", unknown: "grey" } as const;
const SEVERITY = { info: "grey", warning: "yellow", critical: "red" } as const;

/** Columns that stand below each other. Colours take no room. */
function table(rows: readonly (readonly { text: string; colour?: keyof typeof COLOURS }[])[], paint: Paint): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.text.length ?? 0)));
  return rows.map((row) =>
    row
      .map(({ text, colour }, column) => {
        const padded = column === row.length - 1 ? text : text.padEnd(widths[column] ?? 0);
        return colour ? paint(padded, colour) : padded;
      })
      .join("  ")
      .trimEnd(),
  );
}

export const instanceLines = (instances: readonly Instance[], paint: Paint): string[] =>
  table(
    instances.map(({ name, host, pluginName, enabled, status }) => [
      { text: enabled ? status.health : "paused", colour: enabled ? HEALTH[status.health] : "grey" },
      { text: plain(name) },
      { text: plain(pluginName), colour: "grey" },
      { text: plain(host), colour: "grey" },
      { text: plain(status.message ?? "") },
    ]),
    paint,
  );

export const alertLines = (alerts: readonly Alert[], { now, paint }: { now: number; paint: Paint }): string[] =>
  table(
    alerts.map((alert) => [
      { text: alert.severity, colour: SEVERITY[alert.severity] },
      { text: plain(summaryOf(alert)) },
      { text: `for ${spoken((now - (alert.firedAt ?? alert.since)) / 1_000)}`, colour: "grey" },
      { text: quietness(alert), colour: "grey" },
      { text: alert.id, colour: "grey" },
    ]),
    paint,
  );

function quietness({ acknowledged, snoozedUntil, mutedBy }: Alert): string {
  if (acknowledged) return `acknowledged by ${plain(acknowledged.by)}`;
  if (snoozedUntil !== null) return "snoozed";
  return mutedBy ? `silent: ${plain(mutedBy.name)}` : "";
}

const spoken = (seconds: number): string => {
  const { text, unit } = formatDuration(Math.max(seconds, 0));
  return `${text}${unit ? ` ${unit}` : ""}`;
};

export const readingLines = (series: readonly Series[], paint: Paint): string[] =>
  table(
    series.map(({ metric, labels, latest }) => [
      { text: plain(`${metric}${labelled(labels)}`) },
      { text: latest ? String(latest.value) : "–", colour: "bold" as const },
    ]),
    paint,
  );

export function labelled(labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  return pairs.length > 0 ? `{${pairs.join(",")}}` : "";
}

/** Those that nobody looked at yet. */
export const isOpen = ({ phase, acknowledged, snoozedUntil, mutedBy }: Alert): boolean =>
  phase === "firing" && !acknowledged && snoozedUntil === null && mutedBy === null;
