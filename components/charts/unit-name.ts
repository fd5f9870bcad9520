import type { AnyUnit } from "@/components/format";

const NAMES: Readonly<Record<string, string>> = {
  ratio: "%",
  bytes: "bytes",
  bytes_per_second: "bytes/s",
  bits_per_second: "bits/s",
  count_per_second: "per second",
  seconds: "time",
  timestamp_seconds: "instant",
  celsius: "°C",
  hertz: "Hz",
  rpm: "rpm",
  volts: "V",
  amperes: "A",
  watts: "W",
  dbm: "dBm",
};

/** What a chart measures, beside its title; "" for plain numbers. */
export const unitName = (unit: AnyUnit): string => NAMES[unit] ?? "";
