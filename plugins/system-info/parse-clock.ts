/** In the comma-separated answer of `chronyc -c tracking` (chronyc(1)). */
const CHRONY_OFFSET = 4;
const CHRONY_LEAP = 13;

/** Seconds our clock is ahead; undefined when chrony is not synchronised. It says how much it must still add. */
export function parseChrony(text: string): number | undefined {
  const columns = text.trim().split(",");
  const offset = columns[CHRONY_OFFSET] ?? "";
  if (columns[CHRONY_LEAP] === undefined || columns[CHRONY_LEAP] === "Not synchronised") return undefined;
  return /^-?\d{1,12}(\.\d{1,12})?$/.test(offset) ? -Number(offset) : undefined;
}

const SECONDS: Readonly<Record<string, number>> = {
  us: 1e-6,
  ms: 1e-3,
  s: 1,
  min: 60,
  h: 3_600,
  d: 86_400,
  day: 86_400,
  days: 86_400,
};

/** Seconds our clock is ahead, from `timedatectl timesync-status`: its "Offset: -1min 2.5s" is how far the server is. */
export function parseTimesyncd(text: string): number | undefined {
  const [, sign, span = ""] = /^\s*Offset: ([+-])(\S.{0,60})$/m.exec(text) ?? [];
  if (sign === undefined) return undefined;
  let seconds = 0;
  for (const part of span.trim().split(" ")) {
    const [, amount, unit = "s"] = /^(\d{1,9}(?:\.\d{1,9})?)(us|ms|s|min|h|days?|d)?$/.exec(part) ?? [];
    const factor = SECONDS[unit];
    if (amount === undefined || factor === undefined) return undefined;
    seconds += Number(amount) * factor;
  }
  return sign === "+" ? -seconds : seconds;
}
