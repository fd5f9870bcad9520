import { type FileHandle, open } from "node:fs/promises";
import { toRecord } from "./archive/piece-record";
import { writeRecords } from "./archive/write-records";
import { describeSource, type Source } from "./describe-source";
import { type Header, type Piece, START, type Totals } from "./piece";
import { readSource } from "./read-source";
import { type Found, inspectArchive } from "./resume-archive";

interface Exporting {
  readonly file: string;
  /** A Unity collects into the source meanwhile. */
  readonly isRunning: boolean;
  readonly runs: boolean;
  readonly signal?: AbortSignal | undefined;
  /** For people: what happens with an archive that was begun. */
  say(line: string): void;
  /** Before the first piece. @param samples that are in the file already */
  begins?(header: Header, samples: number): void;
  wrote?(piece: Piece, bytes: number): void;
}

export interface Exported {
  readonly totals: Totals;
  readonly bytes: number;
}

/**
 * Writes everything in a database into a file, or goes on with one that was interrupted. What an interruption leaves is whole up to
 * its last record. @throws Error when the file has something else
 */
export async function exportArchive(source: Source, exporting: Exporting): Promise<Exported> {
  const { file: name, isRunning, runs } = exporting;
  const file = await openOwn(name);
  try {
    const header = await describeSource(source, { isRunning, runs });
    return await write(source, file, { ...exporting, header, found: await inspectArchive(file) });
  } finally {
    await file.close();
  }
}

/** Nobody else may read it: it has the passwords of what is watched. */
async function openOwn(name: string): Promise<FileHandle> {
  // Made when it is missing, and left as it is when it is not; one that is opened like this can only be written at its end.
  await (await open(name, "a", 0o600)).close();
  return open(name, "r+");
}

async function write(
  source: Source,
  file: FileHandle,
  { found, ...given }: Exporting & { header: Header; found: Found },
): Promise<Exported> {
  const begun = chooseBegun(found, given);
  const header = begun?.header ?? given.header;
  const writer = await writeRecords(file, begun?.end ?? 0);
  given.begins?.(header, begun?.totals.samples ?? 0);
  const wanted = { header, after: begun?.position ?? START, signal: given.signal, ...(begun ? { begun } : {}) };
  let totals: Totals | undefined;
  try {
    for await (const piece of readSource(source, wanted)) {
      if (begun && (piece.kind === "header" || piece.kind === "rows")) continue;
      const before = writer.position();
      await writer.write(toRecord(piece));
      if (piece.kind === "end") totals = piece.totals;
      given.wrote?.(piece, writer.position() - before);
    }
  } finally {
    await writer.flush();
  }
  if (!totals) throw new Error("The source ended without its end.");
  return { totals, bytes: writer.position() };
}

/** What is in the file, where it may go on. @throws Error when it must not be touched */
function chooseBegun(found: Found, { file: name, header, runs, say }: Exporting & { header: Header }) {
  if (found.state === "foreign") throw new Error(`${name} is there, and is no archive of Unity. Choose another name.`);
  if (found.state === "complete")
    throw new Error(`${name} is a complete archive already. Choose another name, or delete it.`);
  if (found.state === "empty") return undefined;
  if (found.header.fingerprint === header.fingerprint && found.header.runs === runs) {
    say(`${name} was begun: it goes on after ${found.totals.samples} samples.`);
    return found;
  }
  say(`${name} was begun, but what it was made from has changed since: it begins anew.`);
  return undefined;
}
