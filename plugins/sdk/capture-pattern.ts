import type { Pattern } from "./pattern";
import { EDGE, foldCase, type Step } from "./pattern-parts";

/** Steps after which a search is given up: some ten milliseconds. */
const MAX_WORK = 1_000_000;

interface Way {
  readonly at: number;
  readonly start: number;
  readonly end: number;
}

/**
 * What the named group of the pattern captures at the first place where the pattern matches, as the language's own engine would
 * say; undefined when there is no match. All ways are followed at once, the preferred first (Pike's construction), so the time is
 * bounded by text times pattern.
 *
 * @throws Error when the text makes it too much work
 */
export function capturePattern(pattern: Pattern, text: string, maxWork = MAX_WORK): string | undefined {
  const { steps, start } = pattern;
  const codeAt = (index: number) => {
    if (index < 0 || index >= text.length) return EDGE;
    const raw = text.charCodeAt(index);
    return pattern.ignoreCase ? foldCase(raw) : raw;
  };
  let work = 0;
  let ways: Way[] = [];
  let found: Way | undefined;
  for (let index = 0; index <= text.length; index += 1) {
    // A match that began earlier is preferred, so once there is one no other begins.
    const begun = found ? ways : [...ways, { at: start, start: -1, end: -1 }];
    const { open, match } = spread(steps, begun, index, codeAt(index - 1), codeAt(index));
    work += open.length + begun.length;
    if (work > maxWork) throw new Error("takes too much work on this text; make the pattern simpler");
    found = match ?? found;
    const code = codeAt(index);
    ways = open.flatMap((way) => {
      const step = steps[way.at];
      return step?.type === "char" && code !== EDGE && step.test(code) ? [{ ...way, at: step.next }] : [];
    });
    if (found && ways.length === 0) break;
  }
  return found && found.end >= 0 ? text.slice(found.start, found.end) : undefined;
}

/** Follows steps that read nothing. What is less preferred than a match is dropped. */
function spread(steps: readonly Step[], ways: readonly Way[], index: number, before: number, after: number) {
  const seen = new Set<number>();
  const open: Way[] = [];
  const waiting = [...ways].reverse();
  for (let way = waiting.pop(); way; way = waiting.pop()) {
    const step = steps[way.at];
    if (!step || seen.has(way.at)) continue;
    seen.add(way.at);
    switch (step.type) {
      case "match":
        return { open, match: way };
      case "split":
        waiting.push({ ...way, at: step.second }, { ...way, at: step.first });
        break;
      case "assert":
        if (step.holds(before, after)) waiting.push({ ...way, at: step.next });
        break;
      case "edge":
        waiting.push({ ...way, at: step.next, [step.side]: index });
        break;
      case "char":
        open.push(way);
        break;
      default:
        step satisfies never;
    }
  }
  return { open, match: undefined };
}
