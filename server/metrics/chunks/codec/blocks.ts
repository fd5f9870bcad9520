import { bitWidth, packBits, packedSize, unpackBits } from "./bit-planes";
import type { ByteReader } from "./byte-reader";
import { type ByteWriter, varintSize } from "./byte-writer";
import { CorruptData } from "./corrupt-data";
import { fromZigzag, toZigzag } from "./zigzag";

/**
 * Whole numbers in blocks: the smallest of a block, and how far each is above it, in as many bits as the widest needs. An
 * outlier makes its own block wide and no other.
 */
const BLOCK = 128;
const MAX_WIDTH = 53;

export interface BlockPlan {
  /** Bytes that `writeBlocks` will write. */
  readonly size: number;
  readonly minimums: Float64Array;
  readonly widths: Uint8Array;
}

export function planBlocks(values: Float64Array): BlockPlan {
  const blocks = Math.ceil(values.length / BLOCK);
  const minimums = new Float64Array(blocks);
  const widths = new Uint8Array(blocks);
  let size = 0;
  let previous = 0;
  for (let block = 0; block < blocks; block++) {
    const from = block * BLOCK;
    const to = Math.min(from + BLOCK, values.length);
    let low = values[from] ?? 0;
    let high = low;
    for (let index = from + 1; index < to; index++) {
      const value = values[index] ?? 0;
      if (value < low) low = value;
      else if (value > high) high = value;
    }
    const width = bitWidth(high - low);
    minimums[block] = low;
    widths[block] = width;
    size += 1 + varintSize(toZigzag(low - previous)) + packedSize(to - from, width);
    previous = low;
  }
  return { size, minimums, widths };
}

export function writeBlocks(writer: ByteWriter, values: Float64Array, { size, minimums, widths }: BlockPlan): void {
  writer.reserve(size);
  let previous = 0;
  for (let block = 0; block < minimums.length; block++) {
    const minimum = minimums[block] ?? 0;
    const width = widths[block] ?? 0;
    const from = block * BLOCK;
    const to = Math.min(from + BLOCK, values.length);
    writer.byte(width);
    writer.varint(toZigzag(minimum - previous));
    writer.length = packBits(writer.bytes, writer.length, values, from, to, minimum, width);
    previous = minimum;
  }
}

/** Fills `values`. @throws CorruptData */
export function readBlocks(reader: ByteReader, values: Float64Array): void {
  let minimum = 0;
  for (let from = 0; from < values.length; from += BLOCK) {
    const to = Math.min(from + BLOCK, values.length);
    const width = reader.byte();
    if (width > MAX_WIDTH) throw new CorruptData(`Stored data has numbers of ${width} bits.`);
    minimum += fromZigzag(reader.varint());
    unpackBits(reader.bytes, reader.skip(packedSize(to - from, width)), values, from, to, minimum, width);
  }
}
