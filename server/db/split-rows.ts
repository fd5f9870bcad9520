import type { SqlValue } from "./sql-engine";

type Row = readonly SqlValue[];

/** Parts of rows, each below both bounds; a single row above them is a part of its own. */
export function splitRows(
  rows: readonly Row[],
  { maxRows, maxBytes }: { maxRows: number; maxBytes: number },
): (readonly Row[])[] {
  const parts: (readonly Row[])[] = [];
  let start = 0;
  let bytes = 0;
  for (const [index, row] of rows.entries()) {
    const size = bytesOf(row);
    if (index > start && (index - start >= maxRows || bytes + size > maxBytes)) {
      parts.push(rows.slice(start, index));
      start = index;
      bytes = 0;
    }
    bytes += size;
  }
  if (start < rows.length) parts.push(start === 0 ? rows : rows.slice(start));
  return parts;
}

/** As text, where a byte is two digits and a character at most three bytes. */
function bytesOf(row: Row): number {
  let bytes = 0;
  for (const value of row) {
    if (value instanceof Uint8Array) bytes += 2 * value.byteLength + 4;
    else if (typeof value === "string") bytes += 3 * value.length + 4;
    else bytes += 24;
  }
  return bytes;
}

/** The last row of each key, in the order they came. */
export function lastOfEach(rows: readonly Row[], key: readonly number[]): readonly Row[] {
  const byKey = new Map<string, Row>();
  for (const row of rows) byKey.set(JSON.stringify(key.map((column) => row[column])), row);
  return byKey.size === rows.length ? rows : [...byKey.values()];
}
