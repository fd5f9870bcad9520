import type { SampleBatch } from "../store";
import { lowerBound } from "./head";
import { copySamples, mergeSamples, NO_SAMPLES, sliceSamples } from "./merge-samples";
import type { Parts } from "./parts";
import { decodeChunk } from "./plan-seals";
import { joinSamples, ofWindow } from "./read-raw";
import { readPage } from "./tables";

const CHUNKS_PER_PAGE = 50;

/** Samples of one series in order of time, a page of chunks at a time; with those in memory when it was asked for. */
export async function* exportSeries(
  { engine, states }: Parts,
  { series, from, to }: { series: number; from: number; to: number },
): AsyncGenerator<SampleBatch> {
  const state = states.get(series);
  if (!state || to <= from) return;
  const window = { from, to };
  let memory = state
    .heads()
    .map((head) => copySamples(ofWindow(head.samples(), window)))
    .reduce(mergeSamples, NO_SAMPLES);
  for (let start = from; ; ) {
    const page = await readPage(engine, series, { from: start, to, limit: CHUNKS_PER_PAGE });
    const last = page.length < CHUNKS_PER_PAGE;
    const stored = ofWindow(joinSamples(page.map(decodeChunk)), { from: start, to });
    // From memory only what comes before the next page: a chunk there may have it, too.
    const end = last ? to : (page.at(-1)?.endAt ?? to) + 1;
    const bound = lowerBound(memory.at, end);
    const samples = mergeSamples(stored, sliceSamples(memory, 0, bound));
    memory = sliceSamples(memory, bound, memory.at.length);
    if (samples.at.length > 0) {
      const count = samples.at.length;
      yield {
        series: new Array<number>(count).fill(series),
        at: toNumbers(samples.at),
        value: toNumbers(samples.value),
      };
    }
    if (last) return;
    start = end;
  }
}

/** Three times as fast as spreading: that asks an iterator for each. */
function toNumbers(column: Float64Array): number[] {
  const numbers = new Array<number>(column.length);
  for (let index = 0; index < column.length; index++) numbers[index] = column[index] ?? 0;
  return numbers;
}
