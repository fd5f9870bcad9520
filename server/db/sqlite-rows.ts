/**
 * Rows as the driver gives them, binary values as `Uint8Array`: libsql hands out a `Buffer` or an `ArrayBuffer`, depending on the
 * method. All of them lie in one piece of memory, which can move to another thread: moving thousands of pieces takes ten times as
 * long as this copy. Whoever keeps one value for long copies it.
 */
export function gatherBytes(rows: unknown[][]): ArrayBuffer[] {
  const found: { row: unknown[]; column: number; bytes: Uint8Array }[] = [];
  let length = 0;
  for (const row of rows) {
    for (let column = 0; column < row.length; column++) {
      const value = row[column];
      if (typeof value !== "object" || value === null) continue;
      const bytes = viewOf(value);
      found.push({ row, column, bytes });
      length += bytes.length;
    }
  }
  if (found.length === 0) return [];
  const memory = new ArrayBuffer(length);
  let start = 0;
  for (const { row, column, bytes } of found) {
    const gathered = new Uint8Array(memory, start, bytes.length);
    gathered.set(bytes);
    row[column] = gathered;
    start += bytes.length;
  }
  return [memory];
}

/** The same bytes in memory that holds nothing else: a small view would take all that surrounds it along. */
export function toBytes(value: object): Uint8Array<ArrayBuffer> {
  const { buffer, byteOffset, byteLength } = viewOf(value);
  if (buffer instanceof ArrayBuffer && byteLength === buffer.byteLength) return new Uint8Array(buffer);
  return new Uint8Array(buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer);
}

function viewOf(value: object): Uint8Array {
  if (value instanceof ArrayBuffer) return new Uint8Array(value);
  if (value instanceof Uint8Array) return value;
  throw new TypeError("The database gave a value that is neither text, number nor bytes.");
}
