import { z } from "zod";
import { messageOf } from "../../errors";
import { Header, NEWEST_FORMAT, type Piece, Seal, Totals } from "../piece";
import { DamagedArchive } from "./damaged-archive";
import { NewerArchive } from "./newer-archive";
import type { PlacedRecord } from "./read-records";
import { type ArchiveRecord, RECORD } from "./record";

const Rows = z.object({ table: z.string(), rows: z.array(z.record(z.string(), z.unknown())) });
const End = Totals.extend({ seal: Seal.optional() }).transform(({ seal, ...totals }) => ({ totals, seal }));
/** Before the encoded samples: series and count (4 bytes each), the last instant (8). Rollups have their tier besides. */
const SAMPLES_HEAD = 16;
const ROLLUPS_HEAD = 20;

export function toRecord(piece: Piece): ArchiveRecord {
  switch (piece.kind) {
    case "header":
      return { type: RECORD.header, content: json(piece.header) };
    case "rows":
      return { type: RECORD.rows, content: json({ table: piece.table, rows: piece.rows }) };
    case "samples":
    case "rollups": {
      const isSamples = piece.kind === "samples";
      const start = isSamples ? SAMPLES_HEAD : ROLLUPS_HEAD;
      const content = Buffer.allocUnsafe(start + piece.data.length);
      content.writeUInt32LE(piece.series, 0);
      content.writeUInt32LE(piece.count, 4);
      content.writeDoubleLE(piece.lastAt, 8);
      if (!isSamples) content.writeUInt32LE(piece.tierSeconds, 16);
      content.set(piece.data, start);
      return { type: isSamples ? RECORD.samples : RECORD.rollups, content };
    }
    case "end":
      return { type: RECORD.end, content: json({ ...piece.totals, seal: piece.seal }) };
  }
  return piece satisfies never;
}

/** @throws DamagedArchive for what no Unity of this format writes; NewerArchive */
export function toPiece({ type, content, start }: PlacedRecord): Piece {
  try {
    switch (type) {
      case RECORD.header:
        return { kind: "header", header: readHeader(content) };
      case RECORD.rows:
        return { kind: "rows", ...Rows.parse(parseJson(content)) };
      case RECORD.samples:
      case RECORD.rollups:
        return toMetricPiece(type, content);
      case RECORD.end:
        return { kind: "end", ...End.parse(parseJson(content)) };
    }
    return type satisfies never;
  } catch (error) {
    if (error instanceof NewerArchive) throw error;
    throw new DamagedArchive(start, `The archive cannot be understood: ${messageOf(error).slice(0, 500)}`);
  }
}

function toMetricPiece(type: typeof RECORD.samples | typeof RECORD.rollups, content: Uint8Array): Piece {
  const bytes = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
  const start = type === RECORD.samples ? SAMPLES_HEAD : ROLLUPS_HEAD;
  const series = bytes.readUInt32LE(0);
  const count = bytes.readUInt32LE(4);
  const lastAt = bytes.readDoubleLE(8);
  const data = bytes.subarray(start);
  if (type === RECORD.samples) return { kind: "samples", series, count, lastAt, data };
  return { kind: "rollups", series, count, lastAt, tierSeconds: bytes.readUInt32LE(16), data };
}

function readHeader(content: Uint8Array): Header {
  const found = parseJson(content);
  const { format, unity } = z.object({ format: z.number(), unity: z.string() }).parse(found);
  if (format > NEWEST_FORMAT) throw new NewerArchive(unity);
  return Header.parse(found);
}

const json = (value: unknown) => Buffer.from(JSON.stringify(value), "utf8");
const parseJson = (content: Uint8Array): unknown => JSON.parse(Buffer.from(content).toString("utf8"));
