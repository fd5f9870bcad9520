import { csvText } from "@/components/csv";
import type { PastAlert } from "@/components/data/outputs";
import { summaryText } from "./fill-summary";

const at = (instant: number | null) => (instant === null ? "" : new Date(instant).toISOString());
const number = (value: number | null) => (value === null ? "" : String(value));

/** Each column with what stands in it. Numbers are in base units, instants in UTC. */
const COLUMNS: readonly (readonly [title: string, read: (alert: PastAlert) => string])[] = [
  ["fired", ({ firedAt }) => at(firedAt)],
  ["ended", ({ endedAt }) => at(endedAt)],
  ["lasted (s)", ({ firedAt, endedAt }) => (endedAt === null ? "" : String((endedAt - firedAt) / 1_000))],
  ["severity", ({ severity }) => severity],
  ["summary", summaryText],
  ["rule", ({ ruleName }) => ruleName],
  ["rule id", ({ ruleId }) => ruleId],
  ["instance", ({ instanceName }) => instanceName ?? ""],
  ["instance id", ({ instanceId }) => instanceId],
  ["host", ({ host }) => host ?? ""],
  ["plugin", ({ plugin }) => plugin ?? ""],
  [
    "labels",
    ({ labels }) =>
      Object.entries(labels)
        .map((label) => label.join("="))
        .join("; "),
  ],
  ["metric", ({ metric }) => metric ?? ""],
  ["unit", ({ unit }) => unit],
  ["value", ({ value }) => number(value)],
  ["limit", ({ limit }) => number(limit)],
  ["worst", ({ worst }) => number(worst)],
  ["ended because", ({ cause }) => cause ?? ""],
  ["ended by", ({ endedBy }) => endedBy ?? ""],
  ["acknowledged", ({ acknowledged }) => at(acknowledged?.at ?? null)],
  ["acknowledged by", ({ acknowledged }) => acknowledged?.by ?? ""],
  ["notes", ({ acknowledged, notes }) => [acknowledged?.note ?? "", ...notes].filter(Boolean).join("\n")],
  ["alert id", ({ id }) => id],
];

/** Alerts of the past as a file that a spreadsheet reads, and takes for nothing but text and numbers. */
export const historyCsv = (alerts: readonly PastAlert[]): string =>
  csvText([COLUMNS.map(([title]) => title), ...alerts.map((alert) => COLUMNS.map(([, read]) => read(alert)))]);
