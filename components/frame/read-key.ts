/** A pair like `g o` must follow within this time. */
const PAIR_MS = 1_200;

/**
 * Reads keys and pairs that begin with `g`: "g o", "j", "?". A reader remembers the last `g`, so each listener has its own.
 * @returns what was pressed, "" while a pair has only begun
 */
export function createKeyReader(): (key: string, at: number) => string {
  let begunAt = Number.NEGATIVE_INFINITY;
  return (key, at) => {
    const second = at - begunAt <= PAIR_MS;
    begunAt = key === "g" && !second ? at : Number.NEGATIVE_INFINITY;
    if (second) return `g ${key}`;
    return key === "g" ? "" : key;
  };
}
