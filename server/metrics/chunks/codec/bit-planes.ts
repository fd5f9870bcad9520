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
  let next = position;
  for (let left = width, unit = 1; left > 0; left -= PLANE_BITS, unit *= PLANE_RANGE) {
    const planeWidth = Math.min(left, PLANE_BITS);
    const wide = width > PLANE_BITS;
    let held = 0;
    let filled = 0;
    for (let index = from; index < to; index++) {
      const offset = (values[index] ?? 0) - minimum;
      const part = wide ? Math.floor(offset / unit) % PLANE_RANGE : offset;
      held |= part << filled;
      filled += planeWidth;
      for (; filled >= 8; filled -= 8, held >>>= 8) bytes[next++] = held;
    }
    if (filled > 0) bytes[next++] = held;
  }
  return next;
}

/** Reads what `packBits` wrote into `values[from..to)`. `bytes` has them all: see `packedSize`. */
export function unpackBits(
  bytes: Uint8Array,
  values: Float64Array,
  from: number,
  to: number,
  minimum: number,
  width: number,
): void {
  values.fill(minimum, from, to);
  let next = 0;
  for (let left = width, unit = 1; left > 0; left -= PLANE_BITS, unit *= PLANE_RANGE) {
    const planeWidth = Math.min(left, PLANE_BITS);
    const mask = 2 ** planeWidth - 1;
    let held = 0;
    let filled = 0;
    for (let index = from; index < to; index++) {
      for (; filled < planeWidth; filled += 8) held |= (bytes[next++] ?? 0) << filled;
      values[index] = (values[index] ?? 0) + (held & mask) * unit;
      held >>>= planeWidth;
      filled -= planeWidth;
    }
  }
}
