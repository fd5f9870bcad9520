import { toLabel } from "../sdk";
import type { Config } from "./config";
import type { PatternSetting } from "./patterns";
import type { Rules } from "./rules";
import type { Sample, SourceState } from "./state";

/** Values of one pattern; the others are counted together. */
const MAX_VALUES = 50;
const OTHER = "other";
const MAX_VALUE_LENGTH = 100;

export interface Judge {
  /** Counts an entry. @param at epoch milliseconds */
  entry(text: string, at: number): void;
  /** Takes lines of a file that follow each other. @returns false when enough was done for one run */
  lines(path: string, lines: readonly string[]): boolean;
  /** Counts what may go on no more, because nothing came. */
  finish(path: string): void;
}

/** Holds the lines of one source against the patterns. @param samples gets the last matching lines, as they are */
export function createJudge(
  { config, now }: { config: Config; now: number },
  rules: Rules,
  source: string,
  state: SourceState,
  samples: Sample[],
): Judge {
  const entry = (raw: string, at: number) => {
    const text = config.jsonField === undefined ? raw : fieldOf(raw, config.jsonField);
    let found: readonly PatternSetting[] = [];
    try {
      found = rules.find(text);
      for (const pattern of found) if (pattern.extract) countValue(state, pattern, rules.extract(pattern, text));
    } catch {
      // The only error there is: the line makes the patterns too much work. It is counted, and nothing else can be done.
      state.dropped.too_costly += 1;
    }
    for (const { name, severity } of found) {
      state.matches[name] = (state.matches[name] ?? 0) + 1;
      state.lastMatchAt[name] = at;
      samples.push({ at, source, pattern: name, severity, line: raw });
    }
    if (samples.length > config.keepSamples) samples.splice(0, samples.length - config.keepSamples);
    if (found.some(({ severity }) => severity === "error")) {
      const minute = String(Math.floor(now / 60_000));
      state.errors[minute] = (state.errors[minute] ?? 0) + 1;
    }
  };
  const finish = (path: string) => {
    const text = state.pending[path];
    delete state.pending[path];
    if (text !== undefined) entry(text, now);
  };
  return {
    entry,
    finish,
    lines: (path, lines) => {
      for (const line of lines) {
        if (config.multilineStart === undefined) {
          entry(line, now);
          continue;
        }
        if (begins(rules, line)) finish(path);
        const before = state.pending[path];
        const text = before === undefined ? line : `${before}\n${line}`;
        state.pending[path] = text.slice(0, config.maxLineBytes);
      }
      return !rules.isSpent();
    },
  };
}

/** A line that is too costly to look at is an entry of its own, so that nothing grows without end. */
function begins(rules: Rules, line: string): boolean {
  try {
    return rules.begins(line);
  } catch {
    return true;
  }
}

function countValue(state: SourceState, { name }: PatternSetting, value: string | undefined): void {
  if (value === undefined || value === "") return;
  // Without a prototype: a value may be called __proto__.
  const values: Record<string, number> = state.extracted[name] ?? Object.create(null);
  state.extracted[name] = values;
  const label = toLabel(value.slice(0, MAX_VALUE_LENGTH));
  const known = label in values || Object.keys(values).length < MAX_VALUES;
  const key = known ? label : OTHER;
  values[key] = (values[key] ?? 0) + 1;
}

/** The field of a line that is JSON, by a path with dots; the line itself when it is none. */
function fieldOf(line: string, path: string): string {
  if (!line.trimStart().startsWith("{")) return line;
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return line;
  }
  const whole = step(value, path);
  if (whole !== undefined) return textOf(whole);
  for (const name of path.split(".")) value = step(value, name);
  return value === undefined ? "" : textOf(value);
}

const textOf = (value: unknown) => (typeof value === "string" ? value : JSON.stringify(value));
const step = (value: unknown, name: string): unknown =>
  typeof value === "object" && value !== null && Object.hasOwn(value, name)
    ? Object.entries(value).find(([key]) => key === name)?.[1]
    : undefined;
