import { type FileHandle, open } from "node:fs/promises";
import { messageOf } from "../errors";
import type { Stores } from "../open-stores";
import { DamagedArchive } from "./archive/damaged-archive";
import { toPiece } from "./archive/piece-record";
import { readRecords } from "./archive/read-records";
import { type Filled, fillTarget } from "./fill-target";
import { type Moving, planMoving } from "./moving";
import type { Header, Piece } from "./piece";

export interface OpenArchive {
  readonly header: Header;
  readonly bytes: number;
  /** Of each piece its size in the file, too. */
  pieces(took: (bytes: number) => void): AsyncGenerator<Piece>;
  close(): Promise<void>;
}

/** Opens an archive, and reads all of it once: a part of one is not imported. @throws DamagedArchive with the file and the place */
export async function openArchive(name: string, signal?: AbortSignal): Promise<OpenArchive> {
  const file = await open(name, "r").catch((error: unknown) => {
    throw new Error(`${name} cannot be read: ${messageOf(error)}`, { cause: error });
  });
  try {
    let header: Header | undefined;
    for await (const record of readRecords(file)) {
      signal?.throwIfAborted();
      if (header) continue;
      const first = toPiece(record);
      if (first.kind !== "header") throw new DamagedArchive(record.start, "The archive does not begin with its header");
      header = first.header;
    }
    if (!header) throw new DamagedArchive(0, "The archive is empty");
    const { size } = await file.stat();
    return { header, bytes: size, pieces: (took) => readPieces(file, took), close: () => file.close() };
  } catch (error) {
    await file.close();
    if (error instanceof DamagedArchive) throw new DamagedArchive(error.offset, `${name}: ${textOf(error)}`);
    throw error;
  }
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
