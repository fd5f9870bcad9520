import { CorruptData } from "./corrupt-data";

const MAX_VARINT_BYTES = 8;

/** Reads what a `ByteWriter` wrote, and never past the end. Everything it reads may be damaged. */
export class ByteReader {
  readonly bytes: Uint8Array;
  position: number;

  constructor(bytes: Uint8Array, position = 0) {
    this.bytes = bytes;
    this.position = position;
  }

  /** @throws CorruptData at the end */
  byte(): number {
    const value = this.bytes[this.position++];
    if (value === undefined) throw new CorruptData("Stored data ends too early.");
    return value;
  }

  /** @throws CorruptData when it does not end, or is no whole number up to 2^53 - 1 */
  varint(): number {
    const first = this.byte();
    if (first < 128) return first;
    let value = first & 127;
    let factor = 128;
    for (let index = 1; index < MAX_VARINT_BYTES; index++, factor *= 128) {
      const next = this.byte();
      value += (next & 127) * factor;
      if (next < 128) {
        if (value > Number.MAX_SAFE_INTEGER) throw new CorruptData("Stored data has a number beyond 2^53.");
        return value;
      }
    }
    throw new CorruptData(`Stored data has a number of more than ${MAX_VARINT_BYTES} bytes.`);
  }

  /** Where the next so many bytes begin, which are then behind. @throws CorruptData when there are fewer */
  skip(length: number): number {
    const start = this.position;
    if (start + length > this.bytes.length) throw new CorruptData("Stored data ends too early.");
    this.position = start + length;
    return start;
  }

  /** The next so many bytes, as a view. @throws CorruptData when there are fewer */
  take(length: number): Uint8Array {
    const start = this.skip(length);
    return this.bytes.subarray(start, this.position);
  }

  /** @throws CorruptData when bytes are left */
  end(): void {
    const left = this.bytes.length - this.position;
    if (left !== 0) throw new CorruptData(`Stored data goes on for ${left} bytes where it should end.`);
  }
}
