import type { MetricSpec, Metrics } from "../../plugins/sdk/plugin";
import type { Unit } from "../../plugins/sdk/units";

const SNAKE = /^[a-z][a-z0-9]*(_[a-z0-9]+)*$/;
/** Labels that Unity itself puts on every series. */
export const RESERVED_LABELS: ReadonlySet<string> = new Set(["instance", "host", "plugin", "metric"]);
/** How a name says its unit; a count and a bool say nothing. The longer suffix is looked for first. */
const SUFFIXES: readonly (readonly [suffix: string, unit: Unit])[] = [
  ["_timestamp_seconds", "timestamp_seconds"],
  ["_bits_per_second", "bits_per_second"],
  ["_bytes_per_second", "bytes_per_second"],
  ["_seconds", "seconds"],
  ["_bytes", "bytes"],
  ["_ratio", "ratio"],
  ["_celsius", "celsius"],
  ["_hertz", "hertz"],
  ["_rpm", "rpm"],
  ["_volts", "volts"],
  ["_amperes", "amperes"],
  ["_watts", "watts"],
  ["_dbm", "dbm"],
];

/** Names, units and labels of metrics are public and for ever, so they are held to one grammar. */
export function findMetricProblems(metrics: Metrics): string[] {
  const entries = Object.entries(metrics);
  if (entries.length === 0) return ["metrics: there are none."];
  return entries.flatMap(([name, spec]) => {
    const problems = [...nameProblems(name, spec), ...labelProblems(spec), ...rangeProblems(spec)];
    return problems.map((problem) => `metrics.${name}: ${problem}`);
  });
}

function nameProblems(name: string, spec: MetricSpec): string[] {
  const problems: string[] = [];
  if (!SNAKE.test(name) || name.length > 100) problems.push("the name must be snake_case of at most 100 characters.");
  if (spec.kind === "counter" && !name.endsWith("_total")) problems.push("a counter's name must end in _total.");
  if (spec.kind !== "counter" && name.endsWith("_total")) problems.push("only a counter's name may end in _total.");
  if (spec.kind === "info" && !name.endsWith("_info")) problems.push("an info's name must end in _info.");
  if (spec.kind === "share" && spec.unit !== "ratio") problems.push('the unit of a share is "ratio".');
  const base = name.replace(/_total$/, "");
  const expected = SUFFIXES.find(([, unit]) => unit === spec.unit)?.[0];
  const found = SUFFIXES.find(([suffix]) => base.endsWith(suffix));
  if (expected && found?.[1] !== spec.unit)
    problems.push(`the unit is ${spec.unit}, so the name must end in ${expected}${name === base ? "" : "_total"}.`);
  if (!expected && found) problems.push(`the name says ${found[1]}, but the unit is ${spec.unit}.`);
  return problems;
}

function labelProblems({ kind, labels = [] }: MetricSpec): string[] {
  const problems: string[] = [];
  for (const label of labels) {
    if (!SNAKE.test(label) || label.length > 60) problems.push(`the label "${label}" must be snake_case.`);
    if (RESERVED_LABELS.has(label)) problems.push(`the label "${label}" belongs to Unity; take another name.`);
  }
  if (new Set(labels).size !== labels.length) problems.push("a label is declared twice.");
  if (kind === "info" && labels.length === 0) problems.push("an info carries its facts in labels, and has none.");
  return problems;
}

function rangeProblems({ min, max }: MetricSpec): string[] {
  return min !== undefined && max !== undefined && min > max ? [`min ${min} is above max ${max}.`] : [];
}

/** Problems of a place that names a metric and values of its labels. */
export function findReferenceProblems(metrics: Metrics, metric: string, labels: readonly string[]): string[] {
  const spec = Object.hasOwn(metrics, metric) ? metrics[metric] : undefined;
  if (!spec) return [`the metric ${metric} is not declared.`];
  const declared = spec.labels ?? [];
  return labels
    .filter((label) => !declared.includes(label))
    .map((label) => `${metric} has no label ${label} (it has ${declared.join(", ") || "none"}).`);
}
