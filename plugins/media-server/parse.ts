import { z } from "zod";

/** A number, also where it is written as a text. */
export const amount = z
  .union([
    z.number(),
    z
      .string()
      .trim()
      .regex(/^-?\d+(\.\d+)?$/)
      .transform(Number),
  ])
  .nullish()
  .catch(undefined)
  .transform((value) => value ?? undefined);

export const text = z
  .union([z.string(), z.number().transform(String)])
  .nullish()
  .catch(undefined)
  .transform((value) => value ?? "");

/** True, 1 and "1" are true; undefined when it is not said. */
export const flag = z
  .union([z.boolean(), z.number(), z.string()])
  .nullish()
  .catch(undefined)
  .transform((value) =>
    value === undefined || value === null
      ? undefined
      : value === true || value === 1 || value === "1" || value === "true",
  );
