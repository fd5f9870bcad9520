type Version = readonly [major: number, minor: number];

/** The first with rollups of rollups and with late samples into what is compressed. */
export const OLDEST: Version = [2, 11];
/** `create_hypertable` takes a dimension. */
export const BY_RANGE: Version = [2, 13];
/** Compression is called columnstore. */
export const COLUMNSTORE: Version = [2, 18];

/** @param version as "2.23.0-dev" */
export function isAtLeast(version: string, [major, minor]: Version): boolean {
  const [first = 0, second = 0] = version.split(".").map((part) => Number.parseInt(part, 10));
  return first > major || (first === major && second >= minor);
}
