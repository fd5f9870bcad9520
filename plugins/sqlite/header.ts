/** The first 100 bytes of a database ("Database File Format", section 1.3). */
export interface Header {
  readonly journalMode: "rollback" | "wal";
  readonly pageBytes: number;
  /** Undefined when an old writer did not keep it up: the file's size tells. */
  readonly pages: number | undefined;
  readonly freePages: number;
  readonly changeCounter: number;
  readonly encoding: string;
  readonly userVersion: number;
  readonly applicationId: number;
  /** "3.45.1", or "" when it is not told. */
  readonly sqliteVersion: string;
}

const MAGIC = "53514c69746520666f726d6174203300";
const HEADER_BYTES = 100;
const ENCODINGS: Readonly<Record<number, string>> = { 1: "UTF-8", 2: "UTF-16le", 3: "UTF-16be" };

/** @param hex of the first 100 bytes. @returns undefined when it is no SQLite database */
export function parseHeader(hex: string): Header | undefined {
  if (hex.length < HEADER_BYTES * 2 || !hex.startsWith(MAGIC)) return undefined;
  const number = (at: number, bytes: number) => Number.parseInt(hex.slice(at * 2, (at + bytes) * 2), 16);
  const signed = (at: number) => number(at, 4) | 0;
  const pageSize = number(16, 2);
  const changeCounter = number(24, 4);
  const pages = number(28, 4);
  const version = number(96, 4);
  return {
    journalMode: number(19, 1) === 2 ? "wal" : "rollback",
    // 65,536 does not fit in two bytes.
    pageBytes: pageSize === 1 ? 65_536 : pageSize,
    // Valid only for the change it was written with.
    pages: pages > 0 && number(92, 4) === changeCounter ? pages : undefined,
    freePages: number(36, 4),
    changeCounter,
    encoding: ENCODINGS[number(56, 4)] ?? "unknown",
    userVersion: signed(60),
    applicationId: number(68, 4),
    sqliteVersion:
      version === 0 ? "" : [Math.floor(version / 1e6), Math.floor(version / 1e3) % 1e3, version % 1e3].join("."),
  };
}
