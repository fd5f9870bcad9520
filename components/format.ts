import type { StoredUnit } from "@/plugins/sdk/units";

/**
 * The only place where a number becomes text. At most three significant digits, and the same text on server and browser:
 * no locale, and UTC unless a function says that it is for the browser.
 */

export interface Formatted {
  readonly text: string;
  /** Set smaller beside the text; "" where the text says all. */
  readonly unit: string;
}

/** Units travel over the wire as text; one that this page does not know is shown as a plain number. */
export type AnyUnit = StoredUnit | (string & {});

const NOTHING: Formatted = { text: "–", unit: "" };
const MINUS = "−";
const THIN_SPACE = "\u2009";
const BYTE_STEPS = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];
const BIT_STEPS = ["bit/s", "kbit/s", "Mbit/s", "Gbit/s", "Tbit/s"];
const HERTZ_STEPS = ["Hz", "kHz", "MHz", "GHz"];
const COUNT_STEPS = ["", "k", "M", "G", "T"];
const PLAIN_UNITS: Readonly<Record<string, string>> = {
  celsius: "°C",
  rpm: "rpm",
  volts: "V",
  amperes: "A",
  watts: "W",
  dbm: "dBm",
};

/** @param now with it, instants become relative ("in 6 days"); without it, they are exact and in UTC */
export function formatValue(value: number | null | undefined, unit: AnyUnit, now?: number): Formatted {
  if (value === null || value === undefined || !Number.isFinite(value)) return NOTHING;
  switch (unit) {
    case "bool":
      return { text: value === 0 ? "no" : "yes", unit: "" };
    case "ratio":
      return { text: digits(value * 100), unit: "%" };
    case "bytes":
      return scale(value, 1_024, BYTE_STEPS);
    case "bytes_per_second": {
      const { text, unit: step } = scale(value, 1_024, BYTE_STEPS);
      return { text, unit: `${step}/s` };
    }
    case "bits_per_second":
      return scale(value, 1_000, BIT_STEPS);
    case "hertz":
      return scale(value, 1_000, HERTZ_STEPS);
    case "seconds":
      return formatDuration(value);
    case "timestamp_seconds": {
      const at = value * 1_000;
      return { text: now === undefined ? formatInstant(at) : formatRelative(at, now), unit: "" };
    }
    case "count_per_second": {
      const { text, unit: step } = scale(value, 1_000, COUNT_STEPS);
      return { text: text + step, unit: "/s" };
    }
    default: {
      const suffix = PLAIN_UNITS[unit];
      if (suffix !== undefined) return { text: digits(value), unit: suffix };
      const { text, unit: step } = scale(value, 1_000, COUNT_STEPS);
      return { text: text + step, unit: "" };
    }
  }
}

/** "1.2 GiB/s", "42%", "3d 4h". */
export function formatText(value: number | null | undefined, unit: AnyUnit, now?: number): string {
  const { text, unit: suffix } = formatValue(value, unit, now);
  if (suffix === "") return text;
  return suffix === "%" ? `${text}%` : `${text} ${suffix}`;
}

/** Every digit of a whole number, in groups of three: "12 345" with thin spaces. For what is counted, not measured. */
export function formatExact(value: number): string {
  const whole = String(Math.round(Math.abs(value)));
  return (value < 0 ? MINUS : "") + whole.replace(/\B(?=(\d{3})+$)/g, THIN_SPACE);
}

function digits(value: number): string {
  const size = Math.abs(value);
  if (size < 0.0005) return "0";
  // What would round to 10 or 100 is treated as such, so that 9.996 is "10" and 99.96 is "100".
  const places = size >= 99.95 ? 0 : size >= 9.995 ? 1 : size >= 0.9995 ? 2 : 3;
  return (value < 0 ? MINUS : "") + String(Number(size.toFixed(places)));
}

function scale(value: number, base: number, steps: readonly string[]): Formatted {
  let size = Math.abs(value);
  let step = 0;
  // From 1,000 on even where a step is 1,024: four digits are one too many.
  while (size >= 999.5 && step < steps.length - 1) {
    size /= base;
    step += 1;
  }
  return { text: digits(value < 0 ? -size : size), unit: steps[step] ?? "" };
}

const SPANS = [
  { seconds: 365 * 86_400, short: "y", long: "year" },
  { seconds: 86_400, short: "d", long: "day" },
  { seconds: 3_600, short: "h", long: "h" },
  { seconds: 60, short: "min", long: "min" },
  { seconds: 1, short: "s", long: "s" },
] as const;

/** "3d 4h", "12 min", "850 ms". @param seconds may be negative */
export function formatDuration(seconds: number): Formatted {
  if (!Number.isFinite(seconds)) return NOTHING;
  const sign = seconds < 0 ? MINUS : "";
  const size = Math.abs(seconds);
  if (size < 5e-10) return { text: "0", unit: "s" };
  if (size < 0.000_999_5) return { text: sign + digits(size * 1e6), unit: "µs" };
  if (size < 0.999_5) return { text: sign + digits(size * 1_000), unit: "ms" };
  if (size < 59.95) return { text: sign + digits(size), unit: "s" };
  const whole = Math.round(size);
  const first = SPANS.findIndex((span) => whole >= span.seconds);
  const large = SPANS[first];
  const small = SPANS[first + 1];
  if (!large) return NOTHING;
  const count = Math.floor(whole / large.seconds);
  const rest = small ? Math.floor((whole % large.seconds) / small.seconds) : 0;
  // A second step says little beside ten of the first.
  if (!small || rest === 0 || count >= 10) return { text: sign + count, unit: large.short };
  return {
    text: `${sign}${count}${large.short === "min" ? "m" : large.short} ${rest}${small.short.charAt(0)}`,
    unit: "",
  };
}

/** "in 6 days", "2 min ago", "now". One step only: how long ago it roughly was. */
export function formatRelative(at: number, now: number): string {
  const seconds = Math.round(Math.abs(at - now) / 1_000);
  if (!Number.isFinite(seconds)) return "–";
  if (seconds < 5) return "now";
  const span = SPANS.find((one) => seconds >= one.seconds) ?? SPANS[4];
  const count = Math.floor(seconds / span.seconds);
  const name = span.long.length > 3 || span.long === "day" ? span.long + (count === 1 ? "" : "s") : span.long;
  return at > now ? `in ${count} ${name}` : `${count} ${name} ago`;
}

/** "2026-11-24 14:03:09 UTC", for texts that server and browser must agree on. */
export function formatInstant(at: number): string {
  // Beyond these the calendar has no name for it, and Date would throw.
  if (!(Math.abs(at) <= 8.64e15)) return "–";
  return `${new Date(at).toISOString().slice(0, 19).replace("T", " ")} UTC`;
}

const two = (value: number) => String(value).padStart(2, "0");
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const DAY_MS = 86_400_000;

/** "14:03:09", "24 Nov 14:03" or "24 Nov 2026" in the viewer's zone, as fits the span on show. Browser only. */
export function formatClock(at: number, spanMs: number): string {
  const date = new Date(at);
  const day = `${date.getDate()} ${MONTHS[date.getMonth()]}`;
  const time = `${two(date.getHours())}:${two(date.getMinutes())}`;
  if (spanMs <= 3_600_000) return `${time}:${two(date.getSeconds())}`;
  if (spanMs <= DAY_MS) return time;
  return spanMs <= 62 * DAY_MS ? `${day} ${time}` : `${day} ${date.getFullYear()}`;
}

/** Date and time to the second in the viewer's zone: "24 Nov 2026 14:03:09". Browser only. */
export function formatLocal(at: number): string {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return "–";
  const time = [date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(":");
  return `${date.getDate()} ${MONTHS[date.getMonth()]} ${date.getFullYear()} ${time}`;
}

/** "Sun 29 Mar 03:00" on the clocks of a time zone: the same on server and browser. */
export function formatZoned(at: number, timeZone: string): string {
  if (!(Math.abs(at) <= 8.64e15)) return "–";
  const { weekday, day, month, hour, minute } = zonedParts(at, timeZone);
  return `${weekday} ${Number(day)} ${MONTHS[Number(month) - 1]} ${hour}:${minute}`;
}

/** "03:00" on the clocks of a time zone. */
export function formatZonedTime(at: number, timeZone: string): string {
  if (!(Math.abs(at) <= 8.64e15)) return "–";
  const { hour, minute } = zonedParts(at, timeZone);
  return `${hour}:${minute}`;
}

function zonedParts(at: number, timeZone: string): Partial<Record<Intl.DateTimeFormatPartTypes, string>> {
  const clock = new Intl.DateTimeFormat("en-GB", {
    timeZone: isKnownZone(timeZone) ? timeZone : "UTC",
    weekday: "short",
    day: "numeric",
    month: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
  return Object.fromEntries(clock.formatToParts(at).map(({ type, value }) => [type, value]));
}

/** A browser may be older than a zone. */
function isKnownZone(timeZone: string): boolean {
  try {
    return Intl.DateTimeFormat("en", { timeZone }) !== undefined;
  } catch {
    return false;
  }
}

/** What an input of type "datetime-local" holds, to the minute, in the viewer's zone. Browser only. */
export function formatLocalInput(at: number): string {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return "";
  const day = `${String(date.getFullYear()).padStart(4, "0")}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** Marks of a time axis: the clock, and the day where a new one begins. Browser only. @param stepMs between two marks */
export function formatTimeMarks(marks: readonly number[], stepMs: number): string[] {
  return marks.map((at) => {
    const date = new Date(at);
    const day = `${date.getDate()} ${MONTHS[date.getMonth()]}`;
    if (stepMs >= 28 * DAY_MS) return `${MONTHS[date.getMonth()]} ${date.getFullYear()}`;
    if (stepMs >= DAY_MS || (date.getHours() === 0 && date.getMinutes() === 0 && stepMs >= 60_000)) return day;
    const time = `${two(date.getHours())}:${two(date.getMinutes())}`;
    return stepMs < 60_000 ? `${time}:${two(date.getSeconds())}` : time;
  });
}

/** Marks of a value axis, all of them in one unit: "0", "512 MiB", "1 GiB". */
export function formatMarks(marks: readonly number[], unit: AnyUnit): string[] {
  return marks.map((mark) =>
    mark === 0 && unit !== "bool" && unit !== "celsius" && unit !== "timestamp_seconds" ? "0" : formatText(mark, unit),
  );
}
