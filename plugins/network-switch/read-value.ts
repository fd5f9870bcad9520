import type { Value } from "./ask";

/** Of net-snmp: `type` is the ASN.1 tag. */
interface Varbind {
  readonly type?: number | undefined;
  readonly value?: unknown;
}

const COUNTER64 = 70;
/** noSuchObject, noSuchInstance, endOfMibView (RFC 3416). */
const ABSENT: ReadonlySet<number> = new Set([128, 129, 130]);
const MAX_TEXT_BYTES = 1_024;

export const isAbsent = ({ type }: Varbind) => type !== undefined && ABSENT.has(type);

/** The library hands out text and 64-bit counters as bytes. */
export function readValue(varbind: Varbind): Value {
  const { type, value } = varbind;
  if (isAbsent(varbind)) return null;
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  if (typeof value === "string") return value.slice(0, MAX_TEXT_BYTES);
  if (!(value instanceof Uint8Array)) return null;
  if (type === COUNTER64) return readCounter(value);
  return readText(value.subarray(0, MAX_TEXT_BYTES));
}

/** Big-endian, one to nine bytes: a leading zero keeps it positive. Past 2^53 the last digits are lost, which no rate shows. */
function readCounter(bytes: Uint8Array): number {
  let total = 0n;
  for (const byte of bytes.subarray(0, 9)) total = total * 256n + BigInt(byte);
  return Number(BigInt.asUintN(64, total));
}

/** UTF-8; Latin-1 where it is none, as old devices write. Some end it with a NUL, as C does. */
function readText(bytes: Uint8Array): string {
  const end = bytes.indexOf(0);
  const own = end < 0 ? bytes : bytes.subarray(0, end);
  const text = new TextDecoder("utf-8").decode(own);
  return text.includes("\ufffd") ? new TextDecoder("latin1").decode(own) : text;
}
