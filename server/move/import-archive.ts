import { type FileHandle, open } from "node:fs/promises";
import { messageOf } from "../errors";
import type { Stores } from "../open-stores";
import { DamagedArchive } from "./archive/damaged-archive";
import { NewerArchive } from "./archive/newer-archive";
import { toPiece } from "./archive/piece-record";
import { type PlacedRecord, readRecords } from "./archive/read-records";
import { RECORD } from "./archive/record";
import { digestRecords } from "./archive/seal";
import { type Filled, fillTarget } from "./fill-target";
import { type Moving, planMoving } from "./moving";
import type { Header, Piece, Seal } from "./piece";

export interface OpenArchive {
  readonly header: Header;
  /** Of a backup. */
  readonly seal: Seal | undefined;
  readonly bytes: number;
  /** Of each piece its size in the file, too. */
  pieces(took: (bytes: number) => void): AsyncGenerator<Piece>;
  close(): Promise<void>;
}

/**
 * Opens an archive, and reads all of it once: a part of one is not imported, nor one whose checksum is that of another.
 * @throws DamagedArchive with the file and the place; NewerArchive
 */
export async function openArchive(name: string, signal?: AbortSignal): Promise<OpenArchive> {
  const file = await open(name, "r").catch((error: unknown) => {
    throw new Error(`${name} cannot be read: ${messageOf(error)}`, { cause: error });
  });
  try {
    const { header, seal } = await readThrough(file, signal);
    const { size } = await file.stat();
    return { header, seal, bytes: size, pieces: (took) => readPieces(file, took), close: () => file.close() };
  } catch (error) {
    await file.close();
    if (error instanceof DamagedArchive) throw new DamagedArchive(error.offset, `${name}: ${textOf(error)}`);
    if (error instanceof NewerArchive) throw new Error(`${name}: ${error.message}`, { cause: error });
    throw error;
  }
}

async function readThrough(file: FileHandle, signal: AbortSignal | undefined) {
  const digest = digestRecords();
  let header: Header | undefined;
  let seal: Seal | undefined;
  for await (const record of readRecords(file)) {
    signal?.throwIfAborted();
    header ??= readHeader(record);
    digest.add(record);
    if (record.type === RECORD.end) seal = checkEnd(record, header, digest);
  }
  if (!header) throw new DamagedArchive(0, "The archive is empty");
  return { header, seal };
}

function readHeader(record: PlacedRecord): Header {
  const first = toPiece(record);
  if (first.kind === "header") return first.header;
  throw new DamagedArchive(record.start, "The archive does not begin with its header");
}

function checkEnd(
  record: PlacedRecord,
  { backup }: Header,
  digest: ReturnType<typeof digestRecords>,
): Seal | undefined {
  const end = toPiece(record);
  if (end.kind !== "end") return undefined;
  const { totals, seal } = end;
  if (backup && !seal) throw new DamagedArchive(record.start, "The backup has no checksum");
  if (seal && digest.end(totals, seal) !== seal.sha256)
    throw new DamagedArchive(
      record.start,
      "The archive is not what its checksum says: a part of it was changed or left out",
    );
  return seal;
}

const textOf = ({ message }: DamagedArchive) => message.replace(/ \(at byte \d+\)$/, "");

async function* readPieces(file: FileHandle, took: (bytes: number) => void): AsyncGenerator<Piece> {
  for await (const record of readRecords(file)) {
    yield toPiece(record);
    took(record.end - record.start);
  }
}

interface Importing {
  readonly archive: OpenArchive;
  /** Into a database that has something already. */
  readonly merge: boolean;
  /** Of the target, for people. */
  readonly shown: string;
  readonly signal?: AbortSignal | undefined;
  begins?(moving: Moving): void;
  took?(piece: Piece, bytes: number): void;
}

/** Puts an archive into a database; goes on where an earlier import of the same archive was interrupted. */
export async function importArchive(
  target: Pick<Stores, "connection" | "store">,
  { archive, merge, shown, signal, begins, took }: Importing,
): Promise<Filled> {
  const moving = await planMoving(target.connection, { header: archive.header, merge, shown });
  begins?.(moving);
  let last: Piece | undefined;
  const pieces = archive.pieces((bytes) => last && took?.(last, bytes));
  return fillTarget(target, pieces, {
    moving,
    signal,
    took(piece) {
      last = piece;
    },
  });
}
