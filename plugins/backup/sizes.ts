import type { CollectContext } from "../sdk";

/** So many earlier backups make what is usual. */
const EARLIER = 5;
const KEPT = 20;

/** One backup's size, by what tells it from the others. */
interface Measured {
  readonly id: string;
  readonly bytes: number;
}

/** Sizes that were measured in earlier runs, oldest first. They are lost at a start. */
export const recallSizes = ({ memory }: Pick<CollectContext, "memory">, job: string): readonly Measured[] =>
  memory.recall<readonly Measured[]>(`sizes:${job}`)?.value ?? [];

/** Adds those that are new, and gives all. */
export function keepSizes(
  context: Pick<CollectContext, "memory">,
  job: string,
  measured: readonly Measured[],
): readonly Measured[] {
  const known = recallSizes(context, job);
  const fresh = measured.filter(({ id }) => !known.some((one) => one.id === id));
  const all = [...known, ...fresh].slice(-KEPT);
  context.memory.keep(`sizes:${job}`, all);
  return all;
}

/**
 * The last size by the median of up to five before it: 0.1 tells that nine tenths of what is usual was not there.
 *
 * @param sizes bytes, oldest first
 */
export function changeOf(sizes: readonly number[]): number | undefined {
  const last = sizes.at(-1);
  const earlier = sizes.slice(-EARLIER - 1, -1).sort((a, b) => a - b);
  const middle = earlier.length / 2;
  const [low, high] = [earlier[Math.ceil(middle) - 1], earlier[Math.floor(middle)]];
  if (last === undefined || low === undefined || high === undefined) return undefined;
  const median = (low + high) / 2;
  return median > 0 ? last / median : undefined;
}
