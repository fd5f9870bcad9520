const FACTORS = "KMGTPEZ";

/**
 * Reads an amount as ZFS prints it: exact ("4096"), short ("29.1M", "1.2K"), a multiplier ("1.42x") or per cent ("26%", as a
 * number of per cent). `-`, `none` and anything else is undefined.
 */
export function parseAmount(text: string | number | null | undefined): number | undefined {
  if (typeof text === "number") return Number.isFinite(text) ? text : undefined;
  const match = /^(\d+(?:\.\d+)?)([KMGTPEZ]?)(?:i?B)?([x%]?)$/.exec(text?.trim() ?? "");
  if (!match) return undefined;
  const [, digits = "", factor = ""] = match;
  // A short number stands for a whole one.
  return factor === "" ? Number(digits) : Math.round(Number(digits) * 1_024 ** (FACTORS.indexOf(factor) + 1));
}

/** @param text "Sun Aug  9 00:36:34 2026", in UTC because the tools run with TZ=UTC; or epoch seconds. @returns epoch seconds */
export function parseInstant(text: string | undefined): number | undefined {
  const trimmed = text?.trim().replace(/\s+/g, " ") ?? "";
  if (/^\d{6,12}$/.test(trimmed)) return Number(trimmed);
  if (!/^[A-Z][a-z]{2} [A-Z][a-z]{2} \d{1,2} \d{1,2}:\d\d(:\d\d)? \d{4}$/.test(trimmed)) return undefined;
  const milliseconds = Date.parse(`${trimmed} UTC`);
  return Number.isNaN(milliseconds) ? undefined : Math.floor(milliseconds / 1_000);
}
