import { z } from "zod";
import type { MetricStore } from "../metrics/store";
import type { Piece, Row } from "./piece";

/** Among the tables of an archive, though it is none: a Unity that does not know it says so, instead of answering otherwise. */
export const OWN_STARTS = "metric_series_starts";
const ROWS_PER_PIECE = 10_000;

const Start = z.object({ series: z.number().int(), rawFrom: z.number().int().min(0).max(8.64e15) });

/** Where the raw samples of series begin that are kept shorter than all others. */
export function* readOwnStarts(store: MetricStore): Generator<Piece & { kind: "rows" }> {
  const rows = [...(store.rollups?.ownStarts?.() ?? [])].map(([series, rawFrom]) => ({ series, rawFrom }));
  for (let start = 0; start < rows.length; start += ROWS_PER_PIECE)
    yield { kind: "rows", table: OWN_STARTS, rows: rows.slice(start, start + ROWS_PER_PIECE) };
}

/** @param ids by the numbers of the archive, those of the target @throws ZodError for what no Unity wrote */
export function toOwnStarts(rows: readonly Row[], ids: ReadonlyMap<number, number>): [number, number][] {
  return rows.flatMap((row) => {
    const { series, rawFrom } = Start.parse(row);
    const ours = ids.get(series);
    return ours === undefined ? [] : [[ours, rawFrom] as [number, number]];
  });
}
