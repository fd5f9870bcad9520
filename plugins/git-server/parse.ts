import { z } from "zod";

/** A number, also as a text with thousands separators: GitLab writes 1,234. */
export const amount = z
  .union([
    z.number().min(0),
    z
      .string()
      .trim()
      .regex(/^\d{1,3}([,. ]?\d{3})*$|^\d+$/)
      .transform((text) => Number(text.replace(/[,. ]/g, ""))),
  ])
  .nullish()
  .catch(undefined)
  .transform((value) => value ?? undefined);

export const text = z
  .string()
  .nullish()
  .catch(undefined)
  .transform((value) => value ?? "");

export const flag = z
  .boolean()
  .nullish()
  .catch(undefined)
  .transform((value) => value === true);

/** Seconds since 1970; undefined for the years 1 and 1970, by which Go programs mean never. */
export function parseInstant(written: string): number | undefined {
  const at = Date.parse(written) / 1_000;
  return Number.isFinite(at) && at > 86_400 ? at : undefined;
}

const SECONDS: Readonly<Record<string, number>> = { h: 3_600, m: 60, s: 1 };

/** "8h0m0s" in seconds, as Go writes durations; undefined for what is none, or 0. */
export function parseGoDuration(written: string): number | undefined {
  if (!/^(\d+(\.\d+)?[hms])+$/.test(written)) return undefined;
  const parts = [...written.matchAll(/(\d+(?:\.\d+)?)([hms])/g)];
  const seconds = parts.reduce((sum, [, digits, unit = "s"]) => sum + Number(digits) * (SECONDS[unit] ?? 0), 0);
  return seconds > 0 ? seconds : undefined;
}
