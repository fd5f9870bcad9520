import { type Method, MOUNT, OPERATIONS, type Operation } from "./operations";

/** What an address leads to. */
export interface Place {
  readonly operations: ReadonlyMap<Method, Operation>;
  /** What stood for `{name}`, decoded. */
  readonly params: Readonly<Record<string, string>>;
}

const PLACES = groupByPath();

/** @param path as it came, percent-encoded @returns undefined where there is nothing */
export function findPlace(path: string): Place | undefined {
  const parts = path.slice(MOUNT.length + 1).split("/");
  for (const { pattern, operations } of PLACES) {
    if (pattern.length !== parts.length) continue;
    const params = matchParts(pattern, parts);
    if (params) return { operations, params };
  }
  return undefined;
}

function matchParts(pattern: readonly string[], parts: readonly string[]): Record<string, string> | undefined {
  const params: Record<string, string> = {};
  for (const [index, expected] of pattern.entries()) {
    const part = parts[index] ?? "";
    const name = paramOf(expected);
    if (name === undefined && part !== expected) return undefined;
    if (name !== undefined && part === "") return undefined;
    // What serves has looked that it can be decoded.
    if (name !== undefined) params[name] = decodeURIComponent(part);
  }
  return params;
}

function groupByPath() {
  const places = new Map<string, Map<Method, Operation>>();
  for (const operation of Object.values(OPERATIONS).flat()) {
    const methods = places.get(operation.path) ?? new Map<Method, Operation>();
    places.set(operation.path, methods.set(operation.method, operation));
  }
  return (
    [...places]
      .map(([path, operations]) => ({ pattern: path.slice(1).split("/"), operations }))
      // What is named is meant before what stands for anything, from the left on.
      .toSorted((a, b) => weigh(a.pattern).localeCompare(weigh(b.pattern)))
  );
}

function weigh(pattern: readonly string[]): string {
  return pattern.map((part) => (paramOf(part) === undefined ? "0" : "1")).join("");
}

/** The name in `{name}`. */
export function paramOf(part: string): string | undefined {
  return /^\{(\w+)\}$/.exec(part)?.[1];
}
