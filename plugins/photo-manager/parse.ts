import { z } from "zod";

/** A number, also where it is written as a text: large sums come out of some databases that way. */
export const amount = z
  .union([
    z.number().min(0),
    z
      .string()
      .trim()
      .regex(/^\d+(\.\d+)?$/)
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
