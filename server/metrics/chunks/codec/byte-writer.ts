/** Bytes in a row, growing as they come. */
export class ByteWriter {
  bytes: Uint8Array;
  length = 0;

  /** @param room to begin with: what is in it is written over */
  constructor(room: Uint8Array) {
    this.bytes = room;
  }

  /** Room for so many more, so that a tight loop may write to `bytes` itself. */
  reserve(more: number): void {
    const needed = this.length + more;
    if (needed <= this.bytes.length) return;
    const larger = new Uint8Array(Math.max(needed, 2 * this.bytes.length));
    larger.set(this.bytes.subarray(0, this.length));
    this.bytes = larger;
  }

  byte(value: number): void {
    this.reserve(1);
    this.bytes[this.length++] = value;
  }

  /** @param value a whole number from 0 to 2^53 - 1 */
  varint(value: number): void {
    this.reserve(8);
    this.length = putVarint(this.bytes, this.length, value);
  }

  append(bytes: Uint8Array): void {
    this.reserve(bytes.length);
    this.bytes.set(bytes, this.length);
    this.length += bytes.length;
  }

  written(): Uint8Array {
    return this.bytes.subarray(0, this.length);
  }
}

/** Seven bits a byte, lowest first; the top bit says that more follow. Returns where the next one goes. */
export function putVarint(bytes: Uint8Array, position: number, value: number): number {
  let next = position;
  let rest = value;
  // Past 32 bits JavaScript's bit operators would cut the number.
  for (; rest >= 0x80000000; rest = Math.floor(rest / 128)) bytes[next++] = (rest % 128) | 128;
  for (; rest >= 128; rest >>>= 7) bytes[next++] = (rest & 127) | 128;
  bytes[next++] = rest;
  return next;
}

/** How many bytes `putVarint` writes. */
export function varintSize(value: number): number {
  if (value < 128) return 1;
  if (value < 16_384) return 2;
  if (value < 2_097_152) return 3;
  if (value < 2 ** 28) return 4;
  if (value < 2 ** 35) return 5;
  if (value < 2 ** 42) return 6;
  return value < 2 ** 49 ? 7 : 8;
}
