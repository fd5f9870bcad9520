import type { CollectContext, FilePart } from "./context";
import { cutLines, type Encoding, findNewline, unitOf } from "./cut-lines";
import { CollectError } from "./errors";
import { findRotated } from "./find-rotated";

/** Where reading stopped. Plain data, to be kept between runs. */
export interface TailPlace {
  /** The file's, as `readPart` says it. */
  readonly id: string;
  readonly offset: number;
  /** The bytes before the offset, one a character: a file that was written anew in place has others. */
  readonly before: string;
  /** True within a line whose beginning was taken and that has no end yet. */
  readonly skipping: boolean;
  /** As last seen. */
  readonly bytes: number;
  readonly mtimeMs: number;
}
export interface TailOptions {
  readonly encoding: Encoding;
  /** Where to begin without a place. The end is that of the last whole line. */
  readonly startAt: "beginning" | "end";
  readonly maxLineBytes: number;
  readonly maxLines: number;
  /** At most so much is read; the rest stays for the next run. */
  readonly maxBytes: number;
}
export interface TailStep {
  readonly lines: readonly string[];
  readonly place: TailPlace;
  readonly readBytes: number;
  /** Lines of these that were cut at the limit. */
  readonly cut: number;
  /** The file was found renamed or emptied, and its successor begins. */
  readonly rotated: boolean;
  /** Of the one before, something unread could not be found again. */
  readonly lost: boolean;
}
export interface TailEnd {
  /** False when the path is not there, while what it led to was found under another name. */
  readonly present: boolean;
  readonly bytes: number;
  readonly mtimeMs: number;
  readonly unreadBytes: number;
}
type Doors = Pick<CollectContext, "readPart" | "listDir" | "signal">;

/** Some hundred lines: who looks at them holds up others only so long. */
const CHUNK_BYTES = 32 * 1_024;
const BEFORE_BYTES = 64;

/**
 * Reads the lines that a log got since it was last looked at. A log that was renamed (logrotate's usual way) is read to its end before its
 * successor is begun, one that was copied and emptied (copytruncate) likewise in its copy. A last line without an end
 * waits for it.
 *
 * @param take is given lines together with the place behind them, so that both can be kept at once; false stops
 * @throws CollectError `not_found`, `permission` and others of `readPart`
 */
export async function tailFile(
  doors: Doors,
  path: string,
  known: TailPlace | undefined,
  options: TailOptions,
  take: (step: TailStep) => boolean,
): Promise<TailEnd> {
  const tail = new Tail(doors, options, take);
  if (!known) return tail.begin(path);
  const part = await look(doors, path, known).catch((error: unknown) => {
    if (error instanceof CollectError && error.reason === "not_found" && !doors.signal.aborted) return undefined;
    throw error;
  });
  return part && isContinued(part, known) ? tail.readOn(path, known, false) : tail.followRotation(path, known, part);
}

class Tail {
  readonly #doors: Doors;
  readonly #options: TailOptions;
  readonly #take: (step: TailStep) => boolean;
  #linesLeft: number;
  #bytesLeft: number;

  constructor(doors: Doors, options: TailOptions, take: (step: TailStep) => boolean) {
    this.#doors = doors;
    this.#options = options;
    this.#take = take;
    this.#linesLeft = options.maxLines;
    this.#bytesLeft = options.maxBytes;
  }

  async begin(path: string): Promise<TailEnd> {
    const { encoding, startAt, maxLineBytes } = this.#options;
    if (startAt === "beginning") {
      const part = await this.#doors.readPart(path, { offset: 0, maxBytes: 0 });
      return this.readOn(path, placeAt(part, 0), false);
    }
    const part = await this.#doors.readPart(path, {
      offset: -(maxLineBytes + BEFORE_BYTES),
      maxBytes: maxLineBytes + BEFORE_BYTES,
    });
    const place = lastLineEnd(part, unitOf(encoding));
    this.#take({ lines: [], place, readBytes: 0, cut: 0, rotated: false, lost: false });
    return endOf(part, place);
  }

  /** What was read before is not at the path any more: it is looked for beside it. @param part what is there instead */
  async followRotation(path: string, known: TailPlace, part: FilePart | undefined): Promise<TailEnd> {
    const old = await findRotated(this.#doors, path, known, part?.id === known.id);
    if (!part && !old) throw new CollectError("not_found", `${path} is not there.`, { hint: "Check the path." });
    if (old) {
      // A program may write to the renamed file for a while, so it is not left before the new one has something.
      const isLast = part === undefined || part.bytes === 0;
      const end = await this.readOn(old, known, !isLast);
      if (isLast) return { ...end, present: part !== undefined };
      if (end.unreadBytes > 0) return { ...end, bytes: part.bytes, unreadBytes: end.unreadBytes + part.bytes };
    }
    if (!part) throw new CollectError("not_found", `${path} is not there.`);
    const place = placeAt(part, 0);
    const lost = old === undefined && known.bytes > known.offset;
    const goesOn = this.#take({ lines: [], place, readBytes: 0, cut: 0, rotated: true, lost });
    return goesOn ? this.readOn(path, place, false) : endOf(part, place);
  }

  /** @param final the file gets no more lines */
  async readOn(path: string, from: TailPlace, final: boolean): Promise<TailEnd> {
    const { encoding, maxLineBytes } = this.#options;
    const chunkBytes = Math.max(CHUNK_BYTES, 2 * maxLineBytes);
    let place = from;
    for (;;) {
      const part = await look(this.#doors, path, place, Math.min(chunkBytes, this.#bytesLeft));
      // Rotated between two chunks: the next run finds out.
      if (!endsWith(part, place)) return endOf(part, place);
      const chunk = part.data.subarray(place.before.length);
      const isEnd = place.offset + chunk.length >= part.bytes;
      const done = cutLines(chunk, {
        ...{ encoding, maxLineBytes, skipping: place.skipping },
        maxLines: this.#linesLeft,
        final: final && isEnd,
      });
      place = {
        ...placeAt(part, place.offset + done.used),
        before: latin1(part.data.subarray(0, place.before.length + done.used)),
        skipping: done.skipping,
      };
      this.#linesLeft -= done.lines.length;
      this.#bytesLeft -= done.used;
      const { lines, cut, used } = done;
      const goesOn = this.#take({ lines, place, readBytes: used, cut, rotated: false, lost: false });
      if (!goesOn || used === 0 || isEnd || this.#linesLeft <= 0 || this.#bytesLeft <= 0) return endOf(part, place);
    }
  }
}

const look = (doors: Doors, path: string, { offset, before }: TailPlace, maxBytes = 0) =>
  doors.readPart(path, { offset: offset - before.length, maxBytes: before.length + maxBytes });

const isContinued = (part: FilePart, place: TailPlace) => part.id === place.id && endsWith(part, place);

/** What was read last is still there. */
const endsWith = ({ data, bytes }: FilePart, { offset, before }: TailPlace) =>
  bytes >= offset && latin1(data.subarray(0, before.length)) === before;

const placeAt = ({ id, bytes, mtimeMs }: FilePart, offset: number): TailPlace => ({
  ...{ id, bytes, mtimeMs, offset },
  before: "",
  skipping: false,
});

/** Behind the last whole line of the file's end; within a line when that is longer than what was read. */
function lastLineEnd(part: FilePart, unit: number): TailPlace {
  // A character begins on a multiple of its size.
  const shift = part.offset % unit;
  const data = part.data.subarray(shift, part.data.length - ((part.data.length - shift) % unit));
  let end = 0;
  for (let at = findNewline(data, 0, unit); at >= 0; at = findNewline(data, end, unit)) end = at + unit;
  const isWithin = end === 0 && part.offset > 0;
  const used = isWithin ? data.length : end;
  return {
    ...placeAt(part, part.offset + shift + used),
    before: latin1(data.subarray(0, used)),
    skipping: isWithin,
  };
}

const endOf = (part: FilePart, place: TailPlace): TailEnd => ({
  present: true,
  bytes: part.bytes,
  mtimeMs: part.mtimeMs,
  unreadBytes: Math.max(0, part.bytes - place.offset),
});

/** The last bytes, one a character. */
const latin1 = (bytes: Uint8Array) => String.fromCharCode(...bytes.subarray(Math.max(0, bytes.length - BEFORE_BYTES)));
