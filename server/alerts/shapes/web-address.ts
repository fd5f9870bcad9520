import { z } from "zod";

const SAID = "Write it whole, as https://host/path.";

/** An address of the web, or "" for none. */
export const webAddress = (maxLength: number) =>
  z
    .string()
    .trim()
    .max(maxLength)
    .refine((text) => text === "" || isWebAddress(text), SAID);

/** The same, as a secret as a whole. @param isAlso what else may stand there */
export const secretWebAddress = (maxLength: number, isAlso: (text: string) => boolean) =>
  z
    .string()
    .trim()
    .refine((text) => text === "" || isAlso(text) || (text.length <= maxLength && isWebAddress(text)), SAID)
    .meta({ secret: true });

const isWebAddress = (text: string) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
