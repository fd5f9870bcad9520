import { z } from "zod";
import type { Samples } from "../chunks/codec/samples";
import { lowerBound } from "../chunks/head";
import { mergeSamples, NO_SAMPLES, sliceSamples } from "../chunks/merge-samples";
import type { SampleBatch } from "../store";
import { selectSeries } from "./labels";
import { instant } from "./promql";
import { readLines, readSamples, type Window } from "./read-raw";
import type { Server } from "./server";

const Found = z.object({ data: z.array(z.unknown()) });

/**
 * Samples of one series in order of time, as the server gives them out. @param young those it may not show yet
 */
export async function* exportSeries(
  server: Server,
  { series, from, to, young }: Window & { series: number; young: Samples },
): AsyncGenerator<SampleBatch> {
  const own = sliceSamples(young, lowerBound(young.at, from), lowerBound(young.at, to));
  let next = 0;
  for await (const there of readInOrder(server, series, { from, to })) {
    const last = there.at.at(-1) ?? from;
    const end = lowerBound(own.at, last + 1);
    yield toBatch(series, mergeSamples(there, sliceSamples(own, next, end)));
    next = end;
  }
  if (next < own.at.length) yield toBatch(series, sliceSamples(own, next, own.at.length));
}

/** One whose labels changed is several there, one after the other: only then it is read as a whole. */
async function* readInOrder(server: Server, series: number, window: Window): AsyncGenerator<Samples> {
  if (window.to <= window.from) return;
  if ((await countThere(server, series, window)) > 1) {
    yield (await readSamples(server, [series], window)).get(series) ?? NO_SAMPLES;
    return;
  }
  let lastAt = -1;
  for await (const { at, value } of readLines(server, [series], window)) {
    // The server may have two samples of one instant: they stand beside each other.
    const kept = at.flatMap((one, index) => (one > (at[index - 1] ?? lastAt) ? [index] : []));
    lastAt = at.at(-1) ?? lastAt;
    const pick = (column: readonly number[]) => Float64Array.from(kept, (index) => column[index] ?? 0);
    if (kept.length > 0) yield { at: pick(at), value: pick(value) };
  }
}

async function countThere(server: Server, series: number, { from, to }: Window): Promise<number> {
  const [selector = ""] = selectSeries(server, [series]);
  const window = { start: instant(from), end: instant(to - 1) };
  const text = await server.connection.post("/api/v1/series", { "match[]": selector, ...window });
  return Found.parse(JSON.parse(text)).data.length;
}

const toBatch = (series: number, { at, value }: Samples): SampleBatch => ({
  series: new Array<number>(at.length).fill(series),
  at: Array.from(at),
  value: Array.from(value),
});
