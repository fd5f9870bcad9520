import { foundNames, type Labels, matchesAny, nameOfFoundLabel, type PushedName, toLabel } from "../sdk";
import type { Config } from "./config";
import { metrics } from "./metrics";

const names = foundNames(metrics);

/** Names that are remembered of one configuration: more than an instance has metrics. */
const MOST_NAMES = 10_000;

/** Of each configuration, what names come to: patterns are not matched again for every sample. */
const decided = new WeakMap<Config, Map<string, string | null>>();

/** Under which metric and labels something pushed is kept; undefined: it is not wanted. */
export function namePushed(
  { name, labels, kind }: PushedName,
  config: Config,
): { metric: string; labels: Labels } | undefined {
  const known = decided.get(config) ?? new Map<string, string | null>();
  decided.set(config, known);
  // A bucket of a histogram says nothing alone; what is called so and is none stays.
  const isBucket = kind === "named" && name.endsWith("_bucket") && labels.le !== undefined;
  const key = `${isBucket ? "b" : kind} ${name}`;
  let metric = known.get(key);
  if (metric === undefined) {
    if (known.size >= MOST_NAMES) known.clear();
    metric = isBucket ? null : metricOfName(name, kind, config);
    known.set(key, metric);
  }
  return metric === null ? undefined : { metric, labels: labelsOf(labels) };
}

function metricOfName(name: string, kind: PushedName["kind"], config: Config): string | null {
  const clean = cleanName(name);
  if (clean.startsWith("__") || !isWanted([name, clean], config)) return null;
  return isCounter([name, clean], kind, config) ? names.counter(clean) : names.gauge(clean);
}

function isWanted(called: readonly string[], { include, exclude }: Config): boolean {
  const matches = (patterns: readonly string[]) => called.some((name) => matchesAny(name, patterns));
  return (include.length === 0 || matches(include)) && !matches(exclude);
}

function isCounter(called: readonly string[], kind: PushedName["kind"], { counters }: Config): boolean {
  if (kind === "total" || kind === "gauge") return kind === "total";
  // By convention only counters of Prometheus are called so. Elsewhere it is as often the size of a disk.
  if (kind === "named" && called.some((name) => name.endsWith("_total"))) return true;
  return called.some((name) => matchesAny(name, counters));
}

/** Letters of other alphabets, dots and what else a sender allows: what a name may not have becomes `_`. */
const cleanName = (name: string) => {
  const clean = name.replaceAll(/[^a-zA-Z0-9_:]/g, "_");
  return /^[0-9]/.test(clean) ? `_${clean}` : clean;
};

/** An empty label is none there, and one that begins like this is a server's own. */
function labelsOf(labels: Labels): Labels {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(labels)) {
    if (value === "" || name.startsWith("__")) continue;
    const clean = nameOfFoundLabel(cleanLabel(name));
    kept[clean] = toLabel(value);
  }
  return kept;
}

const cleanLabel = (name: string) => {
  if (/^[a-zA-Z_][a-zA-Z0-9_]*$/.test(name)) return name;
  const clean = name.replaceAll(/[^a-zA-Z0-9_]/g, "_");
  return /^[0-9]/.test(clean) ? `_${clean}` : clean;
};
