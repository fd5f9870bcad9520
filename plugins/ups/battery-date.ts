const EARLIEST_YEAR = 1990;

/**
 * When a battery was made or put in, epoch milliseconds. UPSes write `2024-03-01`, `2024/03/01`, `03/01/24` (month first, as
 * APC does) or `15/03/2024`; what is no date (`not set`, a maker's name) is undefined.
 */
export function parseBatteryDate(text: string | undefined): number | undefined {
  const numbers = /^\s*(\d{1,4})[-/.](\d{1,2})[-/.](\d{1,4})\b/.exec(text ?? "");
  if (!numbers) return undefined;
  const [a = "", b = "", c = ""] = numbers.slice(1);
  if (a.length === 4) return instantOf(Number(a), Number(b), Number(c));
  const year = c.length === 4 ? Number(c) : c.length === 2 ? yearOf(Number(c)) : Number.NaN;
  const monthFirst = Number(a) <= 12;
  return monthFirst ? instantOf(year, Number(a), Number(b)) : instantOf(year, Number(b), Number(a));
}

const yearOf = (digits: number) => (digits >= EARLIEST_YEAR - 1_900 ? 1_900 : 2_000) + digits;

function instantOf(year: number, month: number, day: number): number | undefined {
  const at = Date.UTC(year, month - 1, day);
  const date = new Date(at);
  // Date takes the 40th of a month for some day of the next.
  const isReal = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return isReal && year >= EARLIEST_YEAR ? at : undefined;
}
