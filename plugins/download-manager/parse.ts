import { z } from "zod";

/** A number, also where it is written as a text (SABnzbd, aria2). What is none is as good as missing. */
export const amount = z
  .union([
    z.number(),
    z
      .string()
      .trim()
      .regex(/^[+-]?\d+(\.\d+)?$/)
      .transform(Number),
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
  .transform((value) => value ?? undefined);

/** Undefined for what programs write when they do not know: -1, or nothing. */
export const known = (value: number | undefined): number | undefined =>
  value !== undefined && Number.isFinite(value) && value >= 0 ? value : undefined;

/** A 64-bit number that came in two halves; undefined for -1, which means unknown. */
export function joinHalves(high: number | undefined, low: number | undefined): number | undefined {
  if (high === undefined || low === undefined) return undefined;
  if (high < 0 || low < 0 || high >= 0x8000_0000) return undefined;
  return high * 0x1_0000_0000 + low;
}
