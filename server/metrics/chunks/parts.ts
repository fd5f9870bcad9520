import type { SqlEngine } from "../../db/sql-engine";
import type { ChunkLimits } from "./chunk-row";
import type { NewestChunks } from "./newest-chunks";
import type { Outbox } from "./outbox";
import type { Reach } from "./reach";
import type { SeriesState } from "./series-state";

/** What the parts of the engine share. One task at a time changes chunks and rollups: `lane` lines them up. */
export interface Parts {
  readonly engine: SqlEngine;
  readonly states: ReadonlyMap<number, SeriesState>;
  readonly outbox: Outbox;
  readonly reach: Reach;
  readonly newest: NewestChunks;
  /** Batches that were deleted since their room was last given back; how many there were when that was last asked; and whether it is due. */
  readonly dropped: { batches: number; seen: number; owes: boolean };
  limits(): ChunkLimits;
}
