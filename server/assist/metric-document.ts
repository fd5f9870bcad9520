import { formatText } from "../../components/format";
import type { MetricSpec, Plugin } from "../../plugins/sdk/plugin";
import type { Instance } from "../collect/instance";
import type { Status } from "../collect/status";
import { storedUnit } from "../describe/figures";
import type { SeriesFacts } from "../metrics/series";
import type { MetricDocument, OUTCOMES } from "./shapes/metric-document";

/** What a document is written from. */
export interface Measured {
  readonly plugin: Plugin;
  readonly instance: Instance;
  readonly series: SeriesFacts;
  readonly spec: MetricSpec;
  readonly status: Status;
  readonly sample: { readonly at: number; readonly value: number };
  /** From this age on it is stale. */
  readonly staleMs: number;
  /** What the value is a part of: the size of the disk that it is free of. */
  readonly whole?: number | undefined;
}

/** Pure: the same measured value gives the same document. @param now epoch milliseconds */
export function writeMetricDocument(measured: Measured, now: number): MetricDocument {
  const { plugin, instance, series, spec, status, sample, staleMs } = measured;
  const unit = storedUnit(spec);
  const ageMs = Math.max(0, now - sample.at);
  return {
    at: sample.at,
    plugin: { id: plugin.id, name: plugin.name },
    instance: { id: instance.id, name: instance.name, host: instance.host },
    metric: series.metric,
    description: spec.description,
    value: sample.value,
    unit,
    text: formatText(sample.value, unit, now),
    labels: { ...series.labels },
    tags: [...instance.tags],
    sentence: sentenceOf(measured, now),
    collection: {
      intervalSeconds: instance.intervalSeconds,
      lastRunAt: status.lastRunAt,
      outcome: outcomeOf(status),
      ageSeconds: Math.round(ageMs / 1_000),
      staleAfterSeconds: Math.round(staleMs / 1_000),
      fresh: ageMs <= staleMs,
    },
  };
}

function outcomeOf({ lastRunAt, consecutiveErrors, reason }: Status): (typeof OUTCOMES)[number] {
  if (lastRunAt === null) return "none";
  if (consecutiveErrors > 0) return "failed";
  return reason === null ? "ok" : "partial";
}

/** "Disk on nas, mount=/srv: free for users without privileges is 12.3 GiB of 100 GiB." */
function sentenceOf(
  { instance, series, spec, sample, staleMs, whole }: Omit<Measured, "plugin" | "status">,
  now: number,
): string {
  const unit = storedUnit(spec);
  const where = `${instance.name} on ${instance.host}`;
  const labels = labelWords(series.labels);
  const of = whole === undefined ? "" : ` of ${formatText(whole, unit, now)}`;
  const value = `${formatText(sample.value, unit, now)}${spec.kind === "counter" ? counterWord(unit) : ""}${of}`;
  const ageMs = now - sample.at;
  const stale = ageMs > staleMs ? ` It is stale: measured ${formatText(ageMs / 1_000, "seconds")} ago.` : "";
  return `${where}${labels === "" ? "" : `, ${labels}`}: ${clauseOf(spec.description)}: ${value}.${stale}`;
}

/** A counter of seconds is a share of the time; its text would not say of what. */
const counterWord = (unit: string) => (unit === "ratio" ? " of the time" : "");

export const labelWords = (labels: Readonly<Record<string, string>>): string =>
  Object.entries(labels)
    .filter(([, value]) => value !== "")
    .map(([name, value]) => `${name}=${value}`)
    .join(", ");

/** The first sentence of a description, to stand within another. */
export function clauseOf(description: string): string {
  const first = description.split(/(?<=[.])\s/, 1)[0] ?? description;
  const clause = first.replace(/\.$/, "");
  // Names that begin with capitals stay: "CPU time", "ZFS".
  return /^[A-Z][a-z]/.test(clause) ? clause.charAt(0).toLowerCase() + clause.slice(1) : clause;
}

/** What the parts of a whole are called by, and what it is called itself. */
const PART = /_(available|free|used|usage)_bytes$/;
const WHOLES = ["_size_bytes", "_total_bytes", "_limit_bytes", "_quota_bytes"] as const;

/** The metric whose value a metric is a part of. */
export function wholeOf(metric: string, has: (metric: string) => boolean): string | undefined {
  // The size of a repository is what lies in it, not what it has room for.
  if (!PART.test(metric) || metric.includes("_repository_")) return undefined;
  return WHOLES.map((ending) => metric.replace(PART, ending)).find(has);
}
