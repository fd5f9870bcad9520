/** Deeper is nothing we read. */
const MAX_DEPTH = 12;
const MAX_ENTRIES = 5_000;

/**
 * A document as plain JSON: 64-bit numbers as numbers, instants as epoch milliseconds, timestamps of the oplog as their
 * seconds; of other types of BSON only that they are there.
 */
export function toPlain(value: unknown, depth = 0): unknown {
  if (typeof value === "bigint") return Number(value);
  if (typeof value !== "object" || value === null) return value;
  if (depth > MAX_DEPTH) return null;
  if (value instanceof Date) return value.getTime();
  if (Array.isArray(value)) return value.slice(0, MAX_ENTRIES).map((entry) => toPlain(entry, depth + 1));
  if ("_bsontype" in value) return toNumber(value);
  const entries = Object.entries(value).slice(0, MAX_ENTRIES);
  return Object.fromEntries(entries.map(([key, entry]) => [key, toPlain(entry, depth + 1)]));
}

/** Long, Int32, Double and Decimal128 have a number in them; a timestamp its seconds in the upper half. */
function toNumber(value: { _bsontype: unknown }): unknown {
  if (
    value._bsontype === "Timestamp" &&
    "getHighBitsUnsigned" in value &&
    typeof value.getHighBitsUnsigned === "function"
  )
    return value.getHighBitsUnsigned();
  const number = Number(String(value));
  return Number.isFinite(number) && value._bsontype !== "ObjectId" ? number : null;
}
