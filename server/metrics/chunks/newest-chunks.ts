import type { ChunkRow } from "./chunk-row";

/** Of 9,000 series at two hours of ten seconds each. */
const MOST_BYTES = 16_000_000;
/** What an array, its memory and its place here cost beside its bytes. */
const ARRAY_BYTES = 500;

/** A chunk as it is in the database, after which there is none of its series. */
export type NewestChunk = Pick<ChunkRow, "series" | "startAt" | "data">;

/**
 * The newest chunk of each series, as far as they were sealed lately and there is room: with the heads they are the last two hours,
 * at a hundredth of the memory, so that a chart of the last hour asks no database.
 */
export interface NewestChunks {
  put(chunk: NewestChunk): void;
  /** Nothing where it is not known: the database has it. */
  get(series: number): NewestChunk | undefined;
  drop(series: number): void;
}

export function createNewestChunks(mostBytes = MOST_BYTES): NewestChunks {
  // In the order in which they came: the oldest makes room.
  const chunks = new Map<number, NewestChunk>();
  let bytes = 0;

  function drop(series: number): void {
    const known = chunks.get(series);
    if (known && chunks.delete(series)) bytes -= costOf(known);
  }

  return {
    put({ series, startAt, data }) {
      drop(series);
      chunks.set(series, { series, startAt, data });
      bytes += costOf({ data });
      for (const oldest of chunks.keys()) {
        if (bytes <= mostBytes) break;
        drop(oldest);
      }
    },
    get: (series) => chunks.get(series),
    drop,
  };
}

const costOf = ({ data }: Pick<NewestChunk, "data">) => data.byteLength + ARRAY_BYTES;
