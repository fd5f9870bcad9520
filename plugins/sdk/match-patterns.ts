import type { Pattern } from "./pattern";
import { EDGE, foldCase, type Step } from "./pattern-parts";

/** Distinct places that are remembered, and ways between them; then remembering begins anew. About 10 MB. */
const MAX_PLACES = 2_000;
const MAX_WAYS = 50_000;
/** Letters that have a quick table. */
const ASCII = 128;

interface Place {
  readonly steps: readonly number[];
  readonly before: number;
  readonly ascii: (Way | undefined)[];
  readonly others: Map<number, Way>;
}
interface Way {
  readonly to: Place;
  /** Patterns that end here. */
  readonly matches: readonly number[];
}

export interface Matcher {
  /**
   * Numbers of the patterns that are somewhere in the text, ascending.
   *
   * @param maxWork steps after which it is given up; a usual text needs none once a few like it were seen
   * @throws Error when the text makes it too much work
   */
  match(text: string, maxWork: number): readonly number[];
  /** Steps made so far. */
  work(): number;
}

/**
 * Looks for many patterns in many texts, one pass for all of them. What was found out about one text is remembered for the next, so that
 * each letter costs one look-up.
 */
export function createMatcher(patterns: readonly Pattern[]): Matcher {
  const machine = join(patterns);
  let places = new Map<string, Place>();
  let ways = 0;
  let work = 0;

  const placeOf = (steps: readonly number[], before: number): Place => {
    const key = `${before}:${steps.join(",")}`;
    const known = places.get(key);
    if (known) return known;
    if (places.size >= MAX_PLACES || ways >= MAX_WAYS) {
      places = new Map();
      ways = 0;
    }
    const place: Place = { steps, before, ascii: [], others: new Map() };
    places.set(key, place);
    return place;
  };
  const advance = (place: Place, code: number): Way => {
    const reached = follow(machine, place, code);
    work += reached.looked;
    ways += 1;
    const way: Way = { to: placeOf(reached.steps, kindOf(code)), matches: reached.matches };
    if (code >= 0 && code < ASCII) place.ascii[code] = way;
    else place.others.set(code, way);
    return way;
  };
  return {
    match: (text, maxWork) => {
      const found = new Set<number>();
      const limit = work + maxWork;
      let place = placeOf(machine.starts, EDGE);
      for (let index = 0; index <= text.length; index += 1) {
        const code = index < text.length ? text.charCodeAt(index) : EDGE;
        const known = code >= 0 && code < ASCII ? place.ascii[code] : place.others.get(code);
        const way = known ?? advance(place, code);
        if (work > limit) throw new Error("takes too much work on this text; make the patterns simpler");
        for (const number of way.matches) found.add(number);
        place = way.to;
      }
      return [...found].sort((a, b) => a - b);
    },
    work: () => work,
  };
}

interface Machine {
  readonly steps: readonly Step[];
  /** Of each step: its pattern, and where that pattern's steps begin. */
  readonly owners: readonly { readonly number: number; readonly base: number; readonly ignoreCase: boolean }[];
  readonly starts: readonly number[];
}

/** Puts the patterns' machines one behind the other. */
function join(patterns: readonly Pattern[]): Machine {
  const steps: Step[] = [];
  const owners: Machine["owners"][number][] = [];
  const starts: number[] = [];
  for (const [number, pattern] of patterns.entries()) {
    const base = steps.length;
    const owner = { number, base, ignoreCase: pattern.ignoreCase };
    starts.push(base + pattern.start);
    for (const step of pattern.steps) {
      steps.push(step);
      owners.push(owner);
    }
  }
  return { steps, owners, starts };
}

function follow({ steps, owners, starts }: Machine, place: Place, raw: number) {
  const folded = raw === EDGE ? EDGE : foldCase(raw);
  const seen = new Set<number>();
  const waiting = [...place.steps];
  const next = new Set<number>(starts);
  const matches = new Set<number>();
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    const step = steps[at];
    const owner = owners[at];
    if (!step || !owner || seen.has(at)) continue;
    seen.add(at);
    const code = owner.ignoreCase ? folded : raw;
    switch (step.type) {
      case "match":
        matches.add(owner.number);
        break;
      case "split":
        waiting.push(owner.base + step.first, owner.base + step.second);
        break;
      case "assert":
        if (step.holds(place.before, code)) waiting.push(owner.base + step.next);
        break;
      case "edge":
        waiting.push(owner.base + step.next);
        break;
      case "char":
        if (code !== EDGE && step.test(code)) next.add(owner.base + step.next);
        break;
      default:
        step satisfies never;
    }
  }
  return { steps: [...next].sort((a, b) => a - b), matches: [...matches], looked: seen.size + 1 };
}

/** Of the letter before, assertions only ask whether it is a word's or a line's end. */
function kindOf(code: number): number {
  const letter = String.fromCharCode(code);
  if (/\w/.test(letter)) return 97;
  return /[\n\r\u2028\u2029]/.test(letter) ? 10 : 32;
}
