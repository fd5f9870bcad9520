import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { uncompress } from "snappyjs";
import { PushFault } from "./pushed";

/** A request is larger than any sender makes them. */
export class TooLarge extends Error {
  override readonly name = "TooLarge";
}

/** Of snappy's block format, three bytes become at most 64. */
const MOST_TIMES = 22;

/**
 * Snappy's block format. Its first bytes say how much becomes of it: nothing is made ready for more than is allowed, or than so few bytes can
 * hold. @throws TooLarge, PushFault
 */
export function unsnap(bytes: Buffer, mostBytes: number): Buffer {
  const length = lengthOf(bytes);
  if (length > mostBytes) throw tooLarge(length, mostBytes);
  if (length > bytes.length * MOST_TIMES) throw new PushFault("The body is no snappy: it says more than it can hold.");
  try {
    const plain = uncompress(bytes);
    return Buffer.from(plain.buffer, plain.byteOffset, plain.byteLength);
  } catch {
    throw new PushFault("The body is no snappy of the block format.");
  }
}

function lengthOf(bytes: Buffer): number {
  let length = 0;
  for (let index = 0; index < 5; index += 1) {
    const byte = bytes[index];
    if (byte === undefined) break;
    length += (byte & 0x7f) * 2 ** (7 * index);
    if (byte < 0x80) return length;
  }
  throw new PushFault("The body is no snappy: it does not begin with its length.");
}

const gunzipped = promisify(gunzip);

/** Stops where it becomes more than is allowed. @throws TooLarge, PushFault */
export async function ungzip(bytes: Buffer, mostBytes: number): Promise<Buffer> {
  try {
    return await gunzipped(bytes, { maxOutputLength: mostBytes });
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ERR_BUFFER_TOO_LARGE")
      throw new TooLarge(`The body has more than ${megabytes(mostBytes)} MB when it is decompressed.`);
    throw new PushFault("The body is no gzip.");
  }
}

const megabytes = (bytes: number) => Math.floor(bytes / 1_048_576);
const tooLarge = (bytes: number, most: number) =>
  new TooLarge(`The body says that it has ${bytes} bytes when it is decompressed; ${most} are taken.`);
