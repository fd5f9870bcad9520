import { secret } from "../../../plugins/sdk/config";

/** An address that is a secret as a whole: whoever knows it can send. */
export const hookUrl = () =>
  secret()
    .trim()
    .max(2_000)
    .regex(/^https?:\/\/[^\s/?#@]+\/\S*$/i, "Copy it whole: https://…")
    .refine((address) => URL.canParse(address), "This is no address.");
