import type { Labels } from "../../plugins/sdk/plugin";

/**
 * Pages of metrics as Prometheus reads them: its text format 0.0.4 and OpenMetrics 1.0. Names, help and labels are made valid here, so
 * that no container's name breaks the page; `promtool check metrics` has nothing to say about them.
 */
export type ExpositionFormat = "prometheus" | "openmetrics";

/** Metrics of one name. A counter's name ends in `_total`, an info's in `_info`. */
export interface Family {
  readonly name: string;
  readonly type: "counter" | "gauge" | "info" | "histogram";
  readonly help: string;
}

/** Prometheus has labels of these names itself. */
const TAKEN = new Set(["job", "le", "quantile"]);
/** How a name says its unit, for OpenMetrics. */
const UNIT = /_(bytes_per_second|seconds|bytes|ratio|celsius|hertz|rpm|volts|amperes|watts|dbm)$/;

/**
 * What a metric is called there. Its own name, but for what Prometheus keeps for itself: `_count` ends the name of a histogram's part, and
 * "counter" is a type. It has bytes where networks have bits, see `exposedValue`.
 */
export const exposedName = (metric: string): string =>
  metric
    .replace(/_count$/, "_number")
    .replace(/_counter(?=_)/, "_tally")
    .replace(/_bits_per_second$/, "_bytes_per_second");

/** The value that goes with `exposedName`. */
export const exposedValue = (metric: string, value: number): number =>
  metric.endsWith("_bits_per_second") ? value / 8 : value;

/**
 * The lines before a family's samples.
 * @param names of every other family on the page: OpenMetrics calls a counter by its name without `_total`, which another may have
 */
export function familyHeader(
  { name, type, help }: Family,
  format: ExpositionFormat,
  names: ReadonlySet<string> = new Set(),
): string {
  // Infos are no type of the text format.
  if (format === "prometheus") return header(name, type === "info" ? "gauge" : type, escapeHelp(help));
  const base = type === "counter" || type === "info" ? name.replace(/_(total|info)$/, "") : name;
  if (base !== name && names.has(base)) return header(name, "unknown", escapeLabel(help));
  const unit = type === "info" ? undefined : UNIT.exec(base)?.[1];
  return header(base, type, escapeLabel(help)) + (unit === undefined ? "" : `# UNIT ${base} ${unit}\n`);
}

const header = (name: string, type: string, help: string) => `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n`;

/** @param labels as `labelText` writes them */
export const sampleLine = (name: string, labels: string, value: number): string =>
  labels === "" ? `${name} ${numberText(value)}\n` : `${name}{${labels}} ${numberText(value)}\n`;

/** What stands between the braces. Of names that Prometheus keeps for itself, it calls the other one `exported_` as well. */
export const labelText = (labels: Labels): string =>
  Object.entries(labels)
    .map(([name, value]) => `${labelName(name)}="${escapeLabel(value)}"`)
    .join(",");

function labelName(name: string): string {
  const valid = name.replace(/[^a-zA-Z0-9_]/g, "_").replace(/^(?=\d)/, "_");
  return TAKEN.has(valid) || valid.startsWith("__") ? `exported_${valid}` : valid;
}

const escapeHelp = (text: string) => text.replace(/\\/g, "\\\\").replace(/\n/g, "\\n");
const escapeLabel = (text: string) => escapeHelp(text).replace(/"/g, '\\"');

function numberText(value: number): string {
  if (Number.isFinite(value)) return String(value);
  if (Number.isNaN(value)) return "NaN";
  return value > 0 ? "+Inf" : "-Inf";
}
