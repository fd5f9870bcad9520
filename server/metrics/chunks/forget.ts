import { forgetOwnStarts } from "./own-reach";
import type { Parts } from "./parts";
import { slices } from "./read-raw";
import { deleteRollups } from "./rollup-table";
import { FORGOTTEN, NOTHING_SEALED, type SeriesState } from "./series-state";
import { deleteChunks, putSealed } from "./tables";

const SERIES_PER_SLICE = 20;

/** Series with everything of theirs. Batches may still have their samples: a mark keeps those from coming back. */
export async function forgetSeries(
  { engine, outbox, newest, states }: Omit<Parts, "states"> & { readonly states: Map<number, SeriesState> },
  series: readonly number[],
): Promise<void> {
  const batch = outbox.close();
  for (const id of series) {
    states.delete(id);
    newest.drop(id);
  }
  await outbox.drain();
  const gone = { ...NOTHING_SEALED, batch, chunkSamples: FORGOTTEN };
  for (const slice of slices(series, SERIES_PER_SLICE)) {
    await engine.transaction([
      putSealed(new Map(slice.map((id) => [id, gone]))),
      ...forgetOwnStarts(slice),
      ...slice.flatMap((id) => [deleteChunks(id), ...deleteRollups(id)]),
    ]);
  }
}
