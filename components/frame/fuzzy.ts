export interface Match {
  readonly score: number;
  /** Which characters of the text matched, ascending: to show why it was found. */
  readonly marks: readonly number[];
}

/** How well a query is found in a text; null when a word of it is not. Whole words and their starts count most. */
export function fuzzyMatch(query: string, text: string): Match | null {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const lower = text.toLowerCase();
  let score = 0;
  const marks = new Set<number>();
  for (const word of words) {
    const found = matchWord(word, lower);
    if (!found) return null;
    score += found.score;
    for (const mark of found.marks) marks.add(mark);
  }
  // Of two texts that hold the same, the shorter is nearer to what was asked.
  return { score: score - text.length / 100, marks: [...marks].sort((a, b) => a - b) };
}

const startsWord = (text: string, index: number) => index === 0 || !/[\p{L}\p{N}]/u.test(text.charAt(index - 1));

function matchWord(word: string, text: string): Match | null {
  let at = text.indexOf(word);
  if (at === -1) return matchLetters(word, text);
  for (let next = at; next !== -1; next = text.indexOf(word, next + 1)) {
    if (startsWord(text, next)) {
      at = next;
      break;
    }
  }
  const score = startsWord(text, at) ? (at === 0 ? 12 : 10) : 6;
  return { score, marks: Array.from(word, (_, index) => at + index) };
}

/** Letters in order, the first at a word's start: "pgsql" in "PostgreSQL". Far apart, they are chance. */
function matchLetters(word: string, text: string): Match | null {
  let best: Match | null = null;
  for (let start = text.indexOf(word.charAt(0)); start !== -1; start = text.indexOf(word.charAt(0), start + 1)) {
    if (!startsWord(text, start)) continue;
    const marks = follow(word, text, start);
    if (!marks) continue;
    const spread = (marks.at(-1) ?? start) - start + 1 - word.length;
    if (spread > word.length + 2) continue;
    const score = 5 - spread / 2;
    if (!best || score > best.score) best = { score, marks };
  }
  return best;
}

function follow(word: string, text: string, start: number): number[] | null {
  const marks: number[] = [];
  let from = start;
  for (const letter of word) {
    const at = text.indexOf(letter, from);
    if (at === -1) return null;
    marks.push(at);
    from = at + 1;
  }
  return marks;
}
