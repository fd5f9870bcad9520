/** Base units only: what a person reads (GiB, %, ms) is made from them by the page's one formatter. */
export const UNITS = [
  "count",
  "bool",
  "ratio",
  "bytes",
  "seconds",
  "timestamp_seconds",
  "celsius",
  "hertz",
  "rpm",
  "volts",
  "amperes",
  "watts",
  "bits_per_second",
  "bytes_per_second",
  "dbm",
] as const;
export type Unit = (typeof UNITS)[number];

/** The unit of stored values: a counter of bytes is stored as bytes per second, a counter of seconds as a ratio. */
export type StoredUnit = Unit | "count_per_second";
