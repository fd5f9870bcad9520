/** Series as a household has them, every 10 s, always the same. */
export const KINDS = ["constant", "counter", "gauge", "noise", "status"] as const;
export type Kind = (typeof KINDS)[number];

/** How many of 40 series are of a kind. */
const SHARES: Readonly<Record<Kind, number>> = { constant: 8, counter: 10, gauge: 12, noise: 6, status: 4 };
const STEP_MS = 10_000;

export interface Line {
  readonly kind: Kind;
  readonly at: Float64Array;
  readonly value: Float64Array;
}

/** @param lines how many series @param length samples of each */
export function makeHousehold(lines: number, length: number, startAt: number, seed = 42): Line[] {
  const random = createRandom(seed);
  const kinds = KINDS.flatMap((kind) => Array.from({ length: SHARES[kind] }, () => kind));
  return Array.from({ length: lines }, (_, line) => {
    const kind = kinds[line % kinds.length] ?? "gauge";
    const offset = (Math.floor(line / kinds.length) * 197) % STEP_MS;
    const at = new Float64Array(length);
    const value = new Float64Array(length);
    let current = startOf(kind, line, lines);
    for (let index = 0; index < length; index++) {
      current = next(kind, current, random);
      at[index] = startAt + offset + index * STEP_MS;
      value[index] = current;
    }
    return { kind, at, value };
  });
}

function startOf(kind: Kind, line: number, lines: number): number {
  switch (kind) {
    case "constant":
      return 1e9 * (line + 1);
    case "counter":
      return 1_000 * line;
    case "gauge":
      return 30 + (line % 50);
    case "noise":
      return 0.5 + line / lines;
    case "status":
      return 1;
    default:
      return kind satisfies never;
  }
}

/** A disk's size, bytes received, a percentage with two decimals, a load of full precision, up or down. */
function next(kind: Kind, value: number, random: () => number): number {
  switch (kind) {
    case "constant":
      return random() < 0.002 ? value + Math.floor(random() * 1e6) : value;
    case "counter":
      return value + Math.floor(random() * 50_000);
    case "gauge":
      return Math.min(100, Math.max(0, Math.round((value + (random() - 0.5) * 2) * 100) / 100));
    case "noise":
      return value * 0.99 + random() * 0.01;
    case "status":
      return random() < 0.001 ? 0 : 1;
    default:
      return kind satisfies never;
  }
}

/** Marsaglia's xorshift of 32 bits: 0 to below 1, the same sequence for the same seed. */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}
