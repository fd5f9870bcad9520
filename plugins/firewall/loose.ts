import { z } from "zod";

/** A number at the beginning of a text, "12.3 ms" or "0.0 %"; undefined for "~", "N/A" and the like. */
export const loose = () =>
  z
    .union([z.number(), z.string()])
    .nullish()
    .catch(undefined)
    .transform((value) => {
      const number = typeof value === "number" ? value : Number.parseFloat(value ?? "");
      return Number.isFinite(number) ? number : undefined;
    });

/** Yes in all its spellings; undefined when it is not said. */
export const yesOrNo = () =>
  z
    .union([z.boolean(), z.number(), z.string()])
    .nullish()
    .catch(undefined)
    .transform((value) =>
      value === null || value === undefined || value === ""
        ? undefined
        : /^(1|true|yes|on|running)$/i.test(String(value)),
    );

/** A list, or an object or nothing where there is none: PHP writes an empty list either way. */
export const listOf = <T extends z.ZodType>(entry: T) =>
  z.union([
    z.array(entry),
    z.object({}).transform((): z.output<T>[] => []),
    z.null().transform((): z.output<T>[] => []),
  ]);

/** An object, also where PHP wrote an empty list because it has nothing in it. */
export const objectOf = <T extends z.ZodRawShape>(shape: T) =>
  z.preprocess((value) => (Array.isArray(value) && value.length === 0 ? {} : value), z.looseObject(shape));
