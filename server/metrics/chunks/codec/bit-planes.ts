import { takeScratch } from "./scratch";

/** What an accumulator of 32 bits can take while up to 7 bits wait in it. */
const PLANE_BITS = 24;
const PLANE_RANGE = 2 ** PLANE_BITS;

/** How many bits hold every whole number from 0 to `range` (below 2^53). */
export function bitWidth(range: number): number {
  return range < 2 ** 32 ? 32 - Math.clz32(range) : 64 - Math.clz32(Math.floor(range / 2 ** 32));
}

/** Bytes that `count` numbers of so many bits take. */
export function packedSize(count: number, width: number): number {
  let size = 0;
  for (let left = width; left > 0; left -= PLANE_BITS) size += Math.ceil((count * Math.min(left, PLANE_BITS)) / 8);
  return size;
}

/**
 * Writes `values[from..to) - minimum` with `width` bits each: the lowest 24 bits of all, then the next 24 of all, ..., every
 * such plane from a byte of its own. Returns where the next byte goes; `bytes` has room.
 */
export function packBits(
  bytes: Uint8Array,
  position: number,
  values: Float64Array,
  from: number,
  to: number,
  minimum: number,
  width: number,
): number {
  if (width <= PLANE_BITS) return packPlane(bytes, position, values, from, to, minimum, width);
  const count = to - from;
  const parts = takeScratch(count);
  let next = position;
  for (let left = width, unit = 1; left > 0; left -= PLANE_BITS, unit *= PLANE_RANGE) {
    for (let index = 0; index < count; index++) {
      const upper = Math.floor(((values[from + index] ?? 0) - minimum) / unit);
      parts[index] = upper - Math.floor(upper / PLANE_RANGE) * PLANE_RANGE;
    }
    next = packPlane(bytes, next, parts, 0, count, 0, Math.min(left, PLANE_BITS));
  }
  return next;
}

/** Reads what `packBits` wrote into `values[from..to)`. `bytes` has all of it: see `packedSize`. */
export function unpackBits(
  bytes: Uint8Array,
  position: number,
  values: Float64Array,
  from: number,
  to: number,
  minimum: number,
  width: number,
): void {
  if (width === 0) {
    values.fill(minimum, from, to);
    return;
  }
  unpackPlane(bytes, position, values, from, to, minimum, Math.min(width, PLANE_BITS));
  if (width <= PLANE_BITS) return;
  const parts = new Float64Array(to - from);
  let next = position;
  for (let left = width, unit = 1; left > PLANE_BITS; ) {
    next += packedSize(parts.length, PLANE_BITS);
    left -= PLANE_BITS;
    unit *= PLANE_RANGE;
    unpackPlane(bytes, next, parts, 0, parts.length, 0, Math.min(left, PLANE_BITS));
    for (let index = 0; index < parts.length; index++)
      values[from + index] = (values[from + index] ?? 0) + (parts[index] ?? 0) * unit;
  }
}

// These two loops are where most of the time goes. They see 32-bit numbers only, so that they stay compiled for them.

function packPlane(
  bytes: Uint8Array,
  position: number,
  values: Float64Array,
  from: number,
  to: number,
  minimum: number,
  width: number,
): number {
  let next = position;
  let held = 0;
  let filled = 0;
  for (let index = from; index < to; index++) {
    held |= ((values[index] ?? 0) - minimum) << filled;
    filled += width;
    while (filled >= 8) {
      bytes[next++] = held;
      held >>>= 8;
      filled -= 8;
    }
  }
  if (filled > 0) bytes[next++] = held;
  return next;
}

/** Widths of whole bytes are frequent, and three times as fast by themselves. */
function unpackPlane(
  bytes: Uint8Array,
  position: number,
  values: Float64Array,
  from: number,
  to: number,
  minimum: number,
  width: number,
): void {
  let next = position;
  if (width === 8) {
    for (let index = from; index < to; index++) values[index] = minimum + (bytes[next++] ?? 0);
    return;
  }
  if (width === 16) {
    for (let index = from; index < to; index++, next += 2)
      values[index] = minimum + ((bytes[next] ?? 0) | ((bytes[next + 1] ?? 0) << 8));
    return;
  }
  if (width === 24) {
    for (let index = from; index < to; index++, next += 3)
      values[index] = minimum + ((bytes[next] ?? 0) | ((bytes[next + 1] ?? 0) << 8) | ((bytes[next + 2] ?? 0) << 16));
    return;
  }
  const mask = (1 << width) - 1;
  let held = 0;
  let filled = 0;
  for (let index = from; index < to; index++) {
    while (filled < width) {
      held |= (bytes[next++] ?? 0) << filled;
      filled += 8;
    }
    values[index] = minimum + (held & mask);
    held >>>= width;
    filled -= width;
  }
}
