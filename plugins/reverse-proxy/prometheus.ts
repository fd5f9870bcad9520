import { CollectError } from "../sdk";

export interface Sample {
  readonly name: string;
  readonly labels: ReadonlyMap<string, string>;
  readonly value: number;
}

const LINE = /^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{.*\})?\s+\S+(?:\s+-?\d+)?\s*$/;
const LABEL = /\s*([a-zA-Z_][a-zA-Z0-9_]*)\s*=\s*"((?:[^"\\]|\\.)*)"\s*(,?)/y;
const REST = /\s*(\S+)(?:\s+-?\d+)?\s*$/y;
const ESCAPES: Readonly<Record<string, string>> = { n: "\n", "\\": "\\", '"': '"' };

/**
 * Reads metrics in the text format of Prometheus, version 0.0.4. Lines of names that are not wanted are only glanced
 * at, because most of them are buckets of histograms.
 *
 * @throws CollectError `parse` at the first line that is none
 */
export function parseMetrics(text: string, where: string, isWanted: (name: string) => boolean): Sample[] {
  const samples: Sample[] = [];
  for (const line of text.split("\n")) {
    if (line === "" || line.startsWith("#") || line.trim() === "") continue;
    const name = LINE.exec(line)?.[1];
    const sample = name !== undefined && isWanted(name) ? parseSample(name, line) : name;
    if (sample === undefined)
      throw new CollectError("parse", `${where} does not answer with Prometheus metrics.`, {
        hint: "Check the address of the metrics.",
      });
    if (typeof sample === "object" && Number.isFinite(sample.value)) samples.push(sample);
  }
  return samples;
}

function parseSample(name: string, line: string): Sample | undefined {
  const labels = new Map<string, string>();
  let at = name.length;
  if (line[at] === "{") {
    at += 1;
    for (let found = match(LABEL, line, at); found; found = match(LABEL, line, at)) {
      const [whole, label = "", value = "", comma] = found;
      labels.set(
        label,
        value.replace(/\\(.)/g, (_, escaped: string) => ESCAPES[escaped] ?? `\\${escaped}`),
      );
      at += whole.length;
      if (comma === "") break;
    }
    if (line[at] !== "}") return undefined;
    at += 1;
  }
  const value = match(REST, line, at)?.[1];
  return value === undefined ? undefined : numberOf(name, labels, value);
}

function numberOf(name: string, labels: Map<string, string>, text: string): Sample | undefined {
  const value = /^[+-]?Inf$/.test(text) ? Number.POSITIVE_INFINITY : Number(text);
  return Number.isNaN(value) && text !== "NaN" ? undefined : { name, labels, value };
}

function match(pattern: RegExp, line: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(line);
}

/** Adds up the samples of a name by one label, or by what is made of the labels. Samples without it are left out. */
export function sumBy(
  samples: readonly Sample[],
  name: string,
  key: string | ((labels: Sample["labels"]) => string | undefined),
): Map<string, number> {
  const sums = new Map<string, number>();
  for (const sample of samples) {
    if (sample.name !== name) continue;
    const value = typeof key === "string" ? sample.labels.get(key) : key(sample.labels);
    if (value !== undefined) sums.set(value, (sums.get(value) ?? 0) + sample.value);
  }
  return sums;
}

export const findValue = (samples: readonly Sample[], name: string): number | undefined =>
  samples.find((sample) => sample.name === name)?.value;
