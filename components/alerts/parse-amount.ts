import { toTyped } from "@/components/form/fields";

/** What people type ("90 %", "5 GiB", "10 min") and what is stored: base units. */

type Steps = Readonly<Record<string, number>>;

const powers = (base: number, names: readonly string[]): [string, number][] =>
  names.map((name, index) => [name, base ** (index + 1)]);
const BYTES: Steps = Object.fromEntries([
  ["", 1],
  ["b", 1],
  ["byte", 1],
  ["bytes", 1],
  ...powers(1_024, ["k", "m", "g", "t", "p"]),
  ...powers(1_024, ["kib", "mib", "gib", "tib", "pib"]),
  ...powers(1_000, ["kb", "mb", "gb", "tb", "pb"]),
]);
const BITS: Steps = Object.fromEntries([
  ["", 1],
  ["bit", 1],
  ...powers(1_000, ["k", "m", "g", "t"]),
  ...powers(1_000, ["kbit", "mbit", "gbit", "tbit"]),
]);
const TIMES: Steps = {
  "": 1,
  µs: 1e-6,
  us: 1e-6,
  ms: 1e-3,
  ...Object.fromEntries(["s", "sec", "second", "seconds"].map((name) => [name, 1])),
  ...Object.fromEntries(["m", "min", "minute", "minutes"].map((name) => [name, 60])),
  ...Object.fromEntries(["h", "hour", "hours"].map((name) => [name, 3_600])),
  ...Object.fromEntries(["d", "day", "days"].map((name) => [name, 86_400])),
  ...Object.fromEntries(["w", "week", "weeks"].map((name) => [name, 604_800])),
  ...Object.fromEntries(["y", "year", "years"].map((name) => [name, 31_536_000])),
};
const COUNTS: Steps = Object.fromEntries([["", 1], ...powers(1_000, ["k", "m", "g", "t"])]);
const perTime = (steps: Steps): Steps =>
  Object.fromEntries(
    Object.entries(steps).flatMap(([name, step]) => [
      [name, step],
      [`${name}/s`, step],
      [`${name}/min`, step / 60],
      [`${name}/h`, step / 3_600],
    ]),
  );

const STEPS: Readonly<Record<string, Steps>> = {
  bytes: BYTES,
  bytes_per_second: perTime(BYTES),
  bits_per_second: { ...perTime(BITS), bps: 1, kbps: 1e3, mbps: 1e6, gbps: 1e9 },
  hertz: { "": 1, hz: 1, khz: 1e3, mhz: 1e6, ghz: 1e9 },
  seconds: TIMES,
  count: COUNTS,
  count_per_second: perTime(COUNTS),
  ratio: { "": 0.01, "%": 0.01, x: 1 },
  celsius: { "": 1, "°c": 1, "°": 1, c: 1 },
  rpm: { "": 1, rpm: 1 },
  volts: { "": 1, v: 1, mv: 1e-3 },
  amperes: { "": 1, a: 1, ma: 1e-3 },
  watts: { "": 1, w: 1, kw: 1e3 },
  dbm: { "": 1, dbm: 1 },
};
const TRUTHS: Steps = { yes: 1, true: 1, on: 1, "1": 1, no: 0, false: 0, off: 0, "0": 0 };
const PIECE = /(\d+(?:\.\d+)?|\.\d+)\s*([^\d\s.]*)/g;

/** @returns null for nothing, NaN for what is no amount of this unit */
export function parseAmount(typed: string, unit: string): number | null {
  const text = typed.trim().toLowerCase();
  if (text === "") return null;
  if (unit === "bool") return TRUTHS[text] ?? Number.NaN;
  if (unit === "timestamp_seconds") return parseInstant(typed.trim());
  const [, sign, size = ""] = /^([-−+]?)\s*(.*)$/.exec(text) ?? [];
  const found = parsePieces(withPoint(size), unit);
  return sign === "-" || sign === "−" ? -found : found;
}

/** "1 000" is a thousand, "1,5" one and a half. */
const withPoint = (text: string) =>
  text.replace(/(\d)[\s\u2009\u00a0_](?=\d{3}(?!\d))/g, "$1").replace(/^(\d+),(\d{1,2})(?!\d)/, "$1.$2");

function parsePieces(text: string, unit: string): number {
  const steps = STEPS[unit] ?? COUNTS;
  const pieces = [...text.matchAll(PIECE)];
  // Only times are told in steps: "1 h 30 min".
  if (pieces.length === 0 || (pieces.length > 1 && unit !== "seconds")) return Number.NaN;
  if (text.replace(PIECE, "").trim() !== "") return Number.NaN;
  let sum = 0;
  for (const [, amount, name = ""] of pieces) {
    const step = steps[name] ?? steps[name.replace(/ps$/, "/s")];
    if (step === undefined) return Number.NaN;
    sum += Number(amount) * step;
  }
  return Number(sum.toPrecision(15));
}

function parseInstant(text: string): number {
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text);
  return Date.parse(text) / 1_000;
}

/** The text of a stored amount, which is read back as the same number. */
export function amountText(value: number, unit: string): string {
  const sign = value < 0 ? "-" : "";
  const size = Math.abs(value);
  switch (unit) {
    case "bool":
      return value === 0 ? "no" : "yes";
    case "ratio":
      return `${sign}${toTyped(size, 100)} %`;
    case "seconds":
      return (
        sign +
        stepText(
          size,
          [
            [86_400, "d"],
            [3_600, "h"],
            [60, "min"],
            [1, "s"],
            [1e-3, "ms"],
          ],
          "s",
        )
      );
    case "bytes":
      return sign + stepText(size, BINARY, "B");
    case "bytes_per_second":
      return `${sign}${stepText(size, BINARY, "B")}/s`;
    case "bits_per_second":
      return `${sign}${stepText(
        size,
        [
          [1e9, "Gbit"],
          [1e6, "Mbit"],
          [1e3, "kbit"],
        ],
        "bit",
      )}/s`;
    case "hertz":
      return (
        sign +
        stepText(
          size,
          [
            [1e9, "GHz"],
            [1e6, "MHz"],
            [1e3, "kHz"],
          ],
          "Hz",
        )
      );
    case "count_per_second":
      return `${sign}${plain(size)} /s`;
    case "celsius":
      return `${sign}${plain(size)} °C`;
    default: {
      const suffix = SUFFIX[unit];
      return sign + plain(size) + (suffix ? ` ${suffix}` : "");
    }
  }
}

const BINARY: readonly (readonly [number, string])[] = [
  [1_024 ** 4, "TiB"],
  [1_024 ** 3, "GiB"],
  [1_024 ** 2, "MiB"],
  [1_024, "KiB"],
];
const SUFFIX: Readonly<Record<string, string>> = { rpm: "rpm", volts: "V", amperes: "A", watts: "W", dbm: "dBm" };

/** Without an exponent, which is no amount that a person types. */
const plain = (size: number) =>
  size !== 0 && (size < 1e-6 || size >= 1e21) ? size.toFixed(12).replace(/\.?0+$/, "") : String(size);

/** In the largest step that says it with at most three digits behind the point. */
function stepText(size: number, steps: readonly (readonly [number, string])[], base: string): string {
  for (const [step, name] of steps) {
    const amount = size / step;
    if (amount >= 1 && Number(amount.toFixed(3)) === amount) return `${amount} ${name}`;
  }
  return `${plain(size)} ${base}`;
}

/** How an amount of a unit may be typed. */
export const AMOUNT_EXAMPLE: Readonly<Record<string, string>> = {
  ratio: "90 %",
  bytes: "5 GiB",
  bytes_per_second: "10 MiB/s",
  bits_per_second: "100 Mbit/s",
  hertz: "2.4 GHz",
  seconds: "10 min",
  count_per_second: "5 /s",
  celsius: "60 °C",
  timestamp_seconds: "2027-01-31",
};
