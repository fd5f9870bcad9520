/** Columns of samples that are accepted and not yet durable. */
export interface Chunk {
  readonly series: number[];
  readonly at: number[];
  readonly value: number[];
}

/** Samples in the order they came, in chunks of one transaction each. The chunk being written stays until it is durable. */
export interface Pending {
  add(series: number, at: number, value: number): void;
  /** The oldest chunk; nothing is added to it any more. */
  head(): Chunk | undefined;
  /** The oldest chunk is durable. */
  drop(): void;
  chunks(): number;
  size(): number;
}

/** About 40 ms of the worker, so that a backlog does not keep readers waiting. */
const CHUNK_ROWS = 5_000;

export function createPending(): Pending {
  const chunks: Chunk[] = [];
  let open: Chunk | undefined;
  let size = 0;
  return {
    add(series, at, value) {
      if (!open || open.series.length >= CHUNK_ROWS) {
        open = { series: [], at: [], value: [] };
        chunks.push(open);
      }
      open.series.push(series);
      open.at.push(at);
      open.value.push(value);
      size++;
    },
    head() {
      if (chunks[0] === open) open = undefined;
      return chunks[0];
    },
    drop() {
      size -= chunks.shift()?.series.length ?? 0;
    },
    chunks: () => chunks.length,
    size: () => size,
  };
}
