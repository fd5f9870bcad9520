import type { FileHandle } from "node:fs/promises";
import { DamagedArchive } from "./archive/damaged-archive";
import { toPiece } from "./archive/piece-record";
import { readRecords } from "./archive/read-records";
import { type Header, type Piece, type Position, positionAfter, START, type Totals } from "./piece";

/** What a file has already. */
export type Found =
  | { readonly state: "empty" }
  /** Something else: nothing that may be written over. */
  | { readonly state: "foreign" }
  | { readonly state: "complete"; readonly header: Header }
  /** Begun, and whole up to `end`. */
  | {
      readonly state: "begun";
      readonly header: Header;
      readonly position: Position;
      readonly end: number;
      readonly series: ReadonlySet<number>;
      readonly totals: Totals;
    };

/** Reads an archive that may have been interrupted. One without its header, or without all of its rows, is as good as empty. */
export async function inspectArchive(file: FileHandle): Promise<Found> {
  const { size } = await file.stat();
  if (size === 0) return { state: "empty" };
  const seen = createSeen();
  try {
    for await (const record of readRecords(file)) seen.add(toPiece(record), record.end);
  } catch (error) {
    if (!(error instanceof DamagedArchive)) throw error;
    // What names an archive is written together with its first records: a file that has other bytes is somebody's.
    if (error.offset === 0) return { state: "foreign" };
  }
  return seen.found();
}

function createSeen() {
  let header: Header | undefined;
  let position: Position = START;
  let end = 0;
  let isComplete = false;
  const series = new Set<number>();
  const totals = { rows: 0, series: 0, samples: 0, rollups: 0 };

  return {
    add(piece: Piece, endsAt: number): void {
      if (piece.kind === "header") header = piece.header;
      if (piece.kind === "rows") {
        totals.rows += piece.rows.length;
        if (piece.table === "metric_series") for (const { id } of piece.rows) series.add(Number(id));
      }
      if (piece.kind === "samples" || piece.kind === "rollups") totals[piece.kind] += piece.count;
      isComplete = piece.kind === "end";
      position = positionAfter(piece) ?? position;
      end = endsAt;
    },
    found(): Found {
      if (!header) return { state: "empty" };
      if (isComplete) return { state: "complete", header };
      if (position === START) return { state: "empty" };
      return { state: "begun", header, position, end, series, totals };
    },
  };
}
