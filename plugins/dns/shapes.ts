import { z } from "zod";

/** Numbers that some versions write as text; what is neither is as good as missing. */
export const count = z
  .union([
    z.number(),
    z
      .string()
      .regex(/^-?\d+(\.\d+)?$/)
      .transform(Number),
  ])
  .nullish()
  .catch(undefined);
export const text = z.string().nullish().catch(undefined);
/** Names to numbers, without those that are none. */
export const counts = z
  .record(z.string(), z.unknown())
  .transform((entries) =>
    Object.entries(entries).flatMap(([name, value]): [string, number][] =>
      typeof value === "number" && Number.isFinite(value) ? [[name, value]] : [],
    ),
  )
  .catch([]);
