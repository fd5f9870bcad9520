/** One step of a pattern's machine. Numbers are indexes of further steps. */
export type Step =
  | { readonly type: "char"; readonly test: (code: number) => boolean; readonly next: number }
  | { readonly type: "split"; readonly first: number; readonly second: number }
  | { readonly type: "assert"; readonly holds: (before: number, after: number) => boolean; readonly next: number }
  /** The edge of the named group: what is between both is what `capturePattern` gives. */
  | { readonly type: "edge"; readonly side: "start" | "end"; readonly next: number }
  | { readonly type: "match" };

/** Outside of the text, before and after it. */
export const EDGE = -1;

export type Test = (code: number) => boolean;
/** Adds a part's steps so that they lead to `next`; returns where it begins. Built backwards, so nothing is patched. */
export type Part = (add: (step: Step) => number, next: number) => number;

const isDigit: Test = (code) => code >= 48 && code <= 57;
export const isWord: Test = (code) =>
  isDigit(code) || (code >= 65 && code <= 90) || code === 95 || (code >= 97 && code <= 122);
const isSpace: Test = (code) => code !== EDGE && /\s/.test(String.fromCharCode(code));
export const isNewline: Test = (code) => code === 10 || code === 13 || code === 0x2028 || code === 0x2029;
export const not =
  (test: Test): Test =>
  (code) =>
    !test(code);
export const CLASSES: Readonly<Record<string, Test>> = {
  d: isDigit,
  D: not(isDigit),
  w: isWord,
  W: not(isWord),
  s: isSpace,
  S: not(isSpace),
};
export const CONTROLS: Readonly<Record<string, number>> = { n: 10, r: 13, t: 9, f: 12, v: 11, "0": 0 };

/** One character stays one: "İ" in lower case would be two. */
export function foldCase(code: number): number {
  const folded = String.fromCharCode(code).toLowerCase();
  return folded.length === 1 ? folded.charCodeAt(0) : code;
}

export function assertion(holds: (before: number, after: number) => boolean) {
  const part: Part = (add, next) => add({ type: "assert", holds, next });
  return { part, isAssertion: true };
}

/** @param lazy tries to go on before it tries to repeat: only what a group captures depends on it */
export function repeat(part: Part, { min, max, lazy }: { min: number; max: number; lazy: boolean }): Part {
  return (add, next) => {
    let at = next;
    if (max === Number.POSITIVE_INFINITY) at = loop(part, add, next, lazy);
    else for (let count = min; count < max; count += 1) at = add(fork(part(add, at), next, lazy));
    for (let count = 0; count < min; count += 1) at = part(add, at);
    return at;
  };
}

/** The body leads back to the fork before it, whose place must be known first: it is added, then told where to go. */
function loop(part: Part, add: (step: Step) => number, next: number, lazy: boolean): number {
  const step = { type: "split", first: next, second: next } satisfies Step;
  const at = add(step);
  step[lazy ? "second" : "first"] = part(add, at);
  return at;
}

const fork = (body: number, next: number, lazy: boolean): Step =>
  lazy ? { type: "split", first: next, second: body } : { type: "split", first: body, second: next };

/** The group whose text is captured. */
export const group =
  (part: Part): Part =>
  (add, next) =>
    add({ type: "edge", side: "start", next: part(add, add({ type: "edge", side: "end", next })) });
