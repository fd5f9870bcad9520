import type { RawReading } from "../../plugins/sdk/collect";
import type { Labels, MetricSpec, Plugin, Share } from "../../plugins/sdk/plugin";
import { seriesKey, sortLabels } from "../metrics/series-key";
import { RESERVED_LABELS } from "./validate-metrics";

/** A reading that was found to be declared, finite and plausible. Labels are in order of their names. */
export interface Reading {
  readonly metric: string;
  readonly spec: MetricSpec;
  readonly value: number | Share;
  readonly labels: Labels;
  /** Of metric and labels: equal for the same series of one instance. */
  readonly key: string;
}

export interface Validated {
  readonly readings: readonly Reading[];
  /** How many were refused, and the first few in words. */
  readonly refused: number;
  readonly remarks: readonly string[];
}

const MAX_LABEL_LENGTH = 512;
/** A NUL, and half a character: not every database can keep them. */
const BROKEN_TEXT = /\0|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;
const MAX_REMARKS = 20;
/** Year 2200: what lies beyond is a unit mistake. Seconds. */
const LATEST_TIMESTAMP = 7_258_118_400;

const MAX_LABELS = 32;
/** What begins with two is nobody's: Prometheus keeps it for itself, and JavaScript has a __proto__. */
const LABEL_NAME = /^(?!__)[a-zA-Z_][a-zA-Z0-9_]{0,99}$/;
/** As `SeriesIndex` keeps them. */
const METRIC_NAME = /^(?!__)[a-zA-Z_:][a-zA-Z0-9_:]{0,149}$/;

/** What a plugin may report. */
type Declared = Pick<Plugin, "metrics" | "metricOf">;

/** Refuses what was not declared, is not finite, is absurd or came twice, each with a reason for the page. */
export function validateReadings(plugin: Declared, raw: readonly RawReading[]): Validated {
  const readings: Reading[] = [];
  const remarks: string[] = [];
  const seen = new Set<string>();
  let refused = 0;
  for (const reading of raw) {
    const judged = judgeReading(plugin, reading);
    const fault = judged.fault ?? (seen.has(judged.key) ? "was reported twice" : undefined);
    if (!judged.spec || fault) {
      refused += 1;
      if (remarks.length < MAX_REMARKS) remarks.push(`${reading.metric}${labelText(judged.labels)} ${fault}.`);
      continue;
    }
    const { spec, key, labels } = judged;
    seen.add(key);
    readings.push({ metric: reading.metric, spec, value: reading.value, labels, key });
  }
  return { readings, refused, remarks };
}

interface Judged {
  readonly labels: Labels;
  readonly key: string;
  /** Undefined: the plugin has no such metric. */
  readonly spec: MetricSpec | undefined;
  /** Why it is not kept. */
  readonly fault: string | undefined;
}

function judgeReading(plugin: Declared, { metric, labels, value }: RawReading): Judged {
  const named = judgeSeries(plugin, metric, labels);
  return named.spec && !named.fault ? { ...named, fault: valueFault(named.spec, value) } : named;
}

/** What a reading must be beside its value. Of a series that is told again and again it need not be asked again. */
export function judgeSeries({ metrics, metricOf }: Declared, metric: string, labels: Labels): Judged {
  const declared = Object.hasOwn(metrics, metric) ? metrics[metric] : undefined;
  const spec = declared ?? (METRIC_NAME.test(metric) ? metricOf?.(metric) : undefined);
  const sorted = sortLabels(labels);
  const fault = spec ? labelFault(labels, declared) : "is not declared by the plugin";
  return { labels: sorted, key: seriesKey(metric, sorted), spec, fault };
}

/** @param spec undefined: any labels, within bounds */
function labelFault(labels: Labels, spec: MetricSpec | undefined): string | undefined {
  const names = Object.keys(labels);
  const fault = spec ? undeclaredFault(names, spec.labels ?? []) : nameFault(names);
  if (fault !== undefined) return fault;
  for (const name of names) {
    const value: unknown = labels[name];
    if (typeof value !== "string") return `has a label ${name} that is no text`;
    if (value.length > MAX_LABEL_LENGTH) return `has a label ${name} of ${value.length} characters`;
    if (BROKEN_TEXT.test(value)) return `has a label ${name} that is no proper text`;
  }
  return undefined;
}

function undeclaredFault(names: readonly string[], declared: readonly string[]): string | undefined {
  if (names.length === declared.length && declared.every((name) => names.includes(name))) return undefined;
  return `has the labels ${names.join(", ") || "none"} instead of ${declared.join(", ") || "none"}`;
}

function nameFault(names: readonly string[]): string | undefined {
  if (names.length > MAX_LABELS) return `has ${names.length} labels`;
  const wrong = names.find((name) => !LABEL_NAME.test(name) || RESERVED_LABELS.has(name));
  return wrong === undefined ? undefined : `has a label that may not be called ${wrong.slice(0, 60)}`;
}

/** Why a value cannot be one of its metric; undefined: it can. */
export function valueFault(spec: MetricSpec, value: number | Share): string | undefined {
  if (spec.kind === "share") {
    if (typeof value === "number") return "needs a part and a whole";
    return [value.part, value.whole].every((total) => Number.isFinite(total) && total >= 0)
      ? undefined
      : "is not finite";
  }
  if (typeof value !== "number") return "is no number";
  if (!Number.isFinite(value)) return "is not finite";
  if (spec.kind === "counter" && value < 0) return `is a negative total (${value})`;
  if (spec.unit === "bool" && value !== 0 && value !== 1) return `is neither 0 nor 1 (${value})`;
  if (spec.unit === "timestamp_seconds" && (value < 0 || value > LATEST_TIMESTAMP))
    return `is no plausible instant (${value})`;
  if (spec.min !== undefined && value < spec.min) return `is below ${spec.min} (${value})`;
  if (spec.max !== undefined && value > spec.max) return `is above ${spec.max} (${value})`;
  return undefined;
}

/** For remarks. */
export const labelText = (labels: Labels) => {
  const parts = Object.entries(labels).map(([name, value]) => `${name}=${String(value).slice(0, 60)}`);
  return parts.length === 0 ? "" : ` (${parts.join(", ")})`;
};
