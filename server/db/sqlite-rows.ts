/**
 * Rows as the driver gives them, binary values as `Uint8Array` over memory of their own: libsql hands out a `Buffer` or an
 * `ArrayBuffer`, depending on the method. The memory of each is listed, so that it can move to another thread without a copy.
 */
export function ownBytes(rows: unknown[][]): ArrayBuffer[] {
  const memory: ArrayBuffer[] = [];
  for (const row of rows) {
    for (let column = 0; column < row.length; column++) {
      const value = row[column];
      if (typeof value !== "object" || value === null) continue;
      const bytes = toBytes(value);
      row[column] = bytes;
      memory.push(bytes.buffer);
    }
  }
  return memory;
}

/** The same bytes in memory that holds nothing else: a small view would take all that surrounds it along. */
export function toBytes(value: object): Uint8Array<ArrayBuffer> {
  if (value instanceof ArrayBuffer) return new Uint8Array(value);
  if (!(value instanceof Uint8Array))
    throw new TypeError("The database gave a value that is neither text, number nor bytes.");
  const { buffer, byteOffset, byteLength } = value;
  if (buffer instanceof ArrayBuffer && byteLength === buffer.byteLength) return new Uint8Array(buffer);
  return new Uint8Array(buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer);
}
