import { isDeepStrictEqual } from "node:util";
import type { Collected, RawReading } from "../../plugins/sdk/collect";
import type { Case } from "../../plugins/sdk/golden-case";
import type { Labels, Plugin, Share } from "../../plugins/sdk/plugin";
import { seriesKey, sortLabels } from "../metrics/series-key";
import { validateReadings } from "./validate";

/** Two values this near are the same: a sum's order changes its last digits. */
const TOLERANCE = 1e-9;
/** More lines of differences than this say nothing new. */
const MAX_LINES = 40;

type Value = number | Share;

/** Compares what came of a case with what was expected. @returns a line for each difference; empty when all is well */
export function judgeCase(plugin: Plugin, expected: Case["expect"], got: Collected): string[] {
  const lines = [
    ...failureDifferences(expected, got),
    ...readingDifferences(expected, got.readings),
    ...validateReadings(plugin, got.readings).remarks.map((remark) => `undeclared or absurd: ${remark}`),
    ...partialDifferences(expected, got),
    ...(expected.inventory === undefined ? [] : inventoryDifferences("inventory", expected.inventory, got.inventory)),
  ];
  if (lines.length <= MAX_LINES) return lines;
  return [...lines.slice(0, MAX_LINES), `... and ${lines.length - MAX_LINES} more differences.`];
}

/** What a run says, in the words of a case. */
export function expectationOf({ readings, failure, partial, inventory }: Collected): Case["expect"] {
  return {
    readings: readings.map(({ metric, value, labels }) => {
      const plain: number | [number, number] = typeof value === "number" ? value : [value.part, value.whole];
      return Object.keys(labels).length === 0 ? [metric, plain] : [metric, plain, { ...labels }];
    }),
    partial: partial.map(({ reason }) => reason),
    ...(failure ? { failure: { reason: failure.reason, message: failure.message } } : {}),
    ...(inventory ? { inventory: JSON.parse(JSON.stringify(inventory)) as unknown } : {}),
  };
}

function failureDifferences({ failure: expected }: Case["expect"], { failure }: Collected): string[] {
  if (!expected) return failure ? [`it failed: ${failure.reason}: ${failure.message}`] : [];
  if (!failure) return [`it should have failed with ${expected.reason}, but did not.`];
  const lines: string[] = [];
  if (failure.reason !== expected.reason)
    lines.push(`failure: expected ${expected.reason}, got ${failure.reason}: ${failure.message}`);
  if (expected.message !== undefined && expected.message !== failure.message)
    lines.push(`failure message: expected "${expected.message}", got "${failure.message}"`);
  return lines;
}

function readingDifferences({ readings: expected }: Case["expect"], got: readonly RawReading[]): string[] {
  const wanted = new Map<string, Value>();
  for (const [metric, value, labels = {}] of expected) wanted.set(nameOf(metric, labels), parseValue(value));
  const lines: string[] = [];
  for (const { metric, value, labels } of got) {
    const name = nameOf(metric, labels);
    const want = wanted.get(name);
    wanted.delete(name);
    if (want === undefined) lines.push(`+ ${name} ${textOf(value)} was reported, but is not expected`);
    else if (!isNear(want, value)) lines.push(`~ ${name} expected ${textOf(want)}, got ${textOf(value)}`);
  }
  for (const [name, value] of wanted) lines.push(`- ${name} ${textOf(value)} is expected, but was not reported`);
  return lines.sort((a, b) => a.slice(2).localeCompare(b.slice(2), "en"));
}

function partialDifferences({ partial: expected }: Case["expect"], { partial }: Collected): string[] {
  const got = partial.map(({ reason }) => reason);
  if (isDeepStrictEqual([...got].sort(), [...expected].sort())) return [];
  const said = partial.map(({ reason, message }) => `${reason} (${message})`).join(", ");
  return [`partial: expected ${expected.join(", ") || "none"}, got ${said || "none"}`];
}

/** Goes down to the first places that differ, so that a long list does not hide one changed word. */
function inventoryDifferences(path: string, expected: unknown, given: unknown): string[] {
  const got: unknown = given === undefined ? undefined : JSON.parse(JSON.stringify(given));
  if (isDeepStrictEqual(expected, got)) return [];
  if (isTree(expected) && isTree(got)) {
    const keys = [...new Set([...Object.keys(expected), ...Object.keys(got)])];
    return keys.flatMap((key) => inventoryDifferences(`${path}.${key}`, fieldOf(expected, key), fieldOf(got, key)));
  }
  if (typeof expected === "number" && typeof got === "number" && isNear(expected, got)) return [];
  return [`${path}: expected ${JSON.stringify(expected)}, got ${JSON.stringify(got)}`];
}

const isTree = (value: unknown): value is object => typeof value === "object" && value !== null;
const fieldOf = (tree: object, key: string): unknown => Object.entries(tree).find(([name]) => name === key)?.[1];

const nameOf = (metric: string, labels: Labels) => seriesKey(metric, sortLabels(labels));

const parseValue = (value: number | [number, number]): Value =>
  typeof value === "number" ? value : { part: value[0], whole: value[1] };

function isNear(a: Value, b: Value): boolean {
  if (typeof a === "number" && typeof b === "number")
    return a === b || Math.abs(a - b) <= TOLERANCE * Math.max(Math.abs(a), Math.abs(b));
  if (typeof a === "number" || typeof b === "number") return false;
  return isNear(a.part, b.part) && isNear(a.whole, b.whole);
}

const textOf = (value: Value) => (typeof value === "number" ? String(value) : `${value.part} of ${value.whole}`);
