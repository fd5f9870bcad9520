import type { Pattern } from "./pattern";
import { EDGE, foldCase } from "./pattern-parts";

/** Distinct places the machine can be in that are remembered; then it starts to remember anew. */
const MAX_PLACES = 1_000;
/** Steps after which a search is given up: about a quarter of a second. Only a contrived text gets there. */
const MAX_WORK = 10_000_000;

/** Where the machine can be after what was read, and by which letter it goes where. */
interface Place {
  readonly steps: readonly number[];
  readonly before: number;
  readonly next: Map<number, Place | "match">;
}

/**
 * True when the pattern is somewhere in the text. All ways are followed at once (Thompson's construction), and the sets of
 * ways become remembered places, so that a usual text costs one look-up a character.
 *
 * @param maxWork steps after which it is given up, for who searches many texts in a row
 * @throws Error when the text makes it too much work
 */
export function findPattern(pattern: Pattern, text: string, maxWork = MAX_WORK): boolean {
  let places = new Map<string, Place>();
  let work = 0;
  const placeOf = (steps: readonly number[], before: number): Place => {
    const key = `${before}:${steps.join(",")}`;
    const known = places.get(key);
    if (known) return known;
    if (places.size >= MAX_PLACES) places = new Map();
    const place: Place = { steps, before, next: new Map() };
    places.set(key, place);
    return place;
  };
  const advance = (place: Place, code: number): Place | "match" => {
    const reached = follow(pattern, place, code);
    work += reached.looked;
    if (work > maxWork) throw new Error("takes too much work on this text; make the pattern simpler");
    return reached.match ? "match" : placeOf(reached.steps, kindOf(code));
  };
  let place = placeOf([pattern.start], EDGE);
  for (let index = 0; index <= text.length; index += 1) {
    const raw = index < text.length ? text.charCodeAt(index) : EDGE;
    const code = pattern.ignoreCase && raw !== EDGE ? foldCase(raw) : raw;
    let next = place.next.get(code);
    if (next === undefined) {
      next = advance(place, code);
      place.next.set(code, next);
    }
    if (next === "match") return true;
    place = next;
  }
  return false;
}

function follow({ steps, start }: Pattern, place: Place, code: number) {
  const seen = new Set<number>();
  const waiting = [...place.steps];
  const next = new Set<number>();
  let match = false;
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    const step = steps[at];
    if (!step || seen.has(at)) continue;
    seen.add(at);
    switch (step.type) {
      case "match":
        match = true;
        break;
      case "split":
        waiting.push(step.first, step.second);
        break;
      case "assert":
        if (step.holds(place.before, code)) waiting.push(step.next);
        break;
      case "edge":
        waiting.push(step.next);
        break;
      case "char":
        if (code !== EDGE && step.test(code)) next.add(step.next);
        break;
      default:
        step satisfies never;
    }
  }
  // A match may begin at the next character as well.
  next.add(start);
  return { match, steps: [...next].sort((a, b) => a - b), looked: seen.size + 1 };
}

/** Of the letter before, assertions only ask whether it is a word's or a line's end. */
function kindOf(code: number): number {
  const letter = String.fromCharCode(code);
  if (/\w/.test(letter)) return 97;
  return /[\n\r\u2028\u2029]/.test(letter) ? 10 : 32;
}
