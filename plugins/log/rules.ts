import { capturePattern, createMatcher, parsePattern } from "../sdk";
import type { Config } from "./config";
import { DEFAULT_PATTERNS, type PatternSetting } from "./patterns";

/** What may be spent on one line: some milliseconds. A usual line needs a thousandth. */
const LINE_WORK = 300_000;
/** What may be spent on one run: about half a second. */
const RUN_WORK = 15_000_000;

export interface Rules {
  readonly patterns: readonly PatternSetting[];
  /** The patterns that the text has; none when it is excluded. @throws Error when the text makes it too much work */
  find(text: string): readonly PatternSetting[];
  /** The value of the pattern's named group. */
  extract(pattern: PatternSetting, text: string): string | undefined;
  /** True when a new entry begins with this line. */
  begins(line: string): boolean;
  /** Enough was done for one run. */
  isSpent(): boolean;
}

/** Makes the settings' patterns ready for one run. */
export function createRules(
  config: Pick<Config, "patterns" | "defaultPatterns" | "exclude" | "multilineStart">,
): Rules {
  const patterns = [...(config.defaultPatterns ? DEFAULT_PATTERNS : []), ...config.patterns];
  const parsed = patterns.map(({ regex, ignoreCase }) => parsePattern(regex, ignoreCase ? "im" : "m"));
  // One pass for all: a pattern's number is its place, and behind them are the excluded.
  const matcher = createMatcher([...parsed, ...config.exclude.map((source) => parsePattern(source, "im"))]);
  const starts = config.multilineStart && createMatcher([parsePattern(config.multilineStart, "")]);
  return {
    patterns,
    find: (text) => {
      const numbers = matcher.match(text, LINE_WORK);
      const isExcluded = (numbers.at(-1) ?? -1) >= patterns.length;
      return isExcluded ? [] : numbers.flatMap((number) => patterns[number] ?? []);
    },
    extract: (pattern, text) => {
      const own = parsed[patterns.indexOf(pattern)];
      return own && capturePattern(own, text, LINE_WORK);
    },
    begins: (line) => !starts || starts.match(line, LINE_WORK).length > 0,
    isSpent: () => matcher.work() + (starts ? starts.work() : 0) > RUN_WORK,
  };
}
