import { slices } from "../chunks/read-raw";
import type { Latest } from "../store";
import type { Heads } from "./heads";
import type { Column } from "./recent-samples";

/** Of one question: some 10 MB while it is read. */
const ROWS_PER_SLICE = 50_000;

/** The newest samples of these series, none from before `from`: all of them, or at least the newest `most`. Each instant once. */
export type ReadNewest = (
  series: readonly number[],
  asked: { from: number; most: number },
) => Promise<ReadonlyMap<number, { at: Column; value: Column }>>;

/** Puts the samples from an instant on in memory, a slice of the series after the other. @param goOn asked before each slice */
export async function restoreHeads(
  heads: Heads,
  readNewest: ReadNewest,
  { latest, from, goOn }: { latest: ReadonlyMap<number, Latest>; from: number; goOn: () => boolean },
): Promise<void> {
  const wanted = [...latest.values()].filter(({ at }) => at >= from).map(({ series }) => series);
  const most = heads.partSamples(wanted.length);
  for (const ids of slices(wanted, Math.max(1, Math.floor(ROWS_PER_SLICE / most)))) {
    if (!goOn()) return;
    const extend = heads.extension();
    for (const [series, { at, value }] of await readNewest(ids, { from, most })) {
      const start = Math.max(0, at.length - most);
      // With as many as were asked for there may be older ones.
      const whole = at.length < most ? from : (at[start] ?? from);
      extend(series, whole, { at: at.slice(start), value: value.slice(start) });
    }
  }
}
