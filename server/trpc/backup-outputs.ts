import { z } from "zod";

/** Instants are epoch milliseconds, null is "unknown" or "none". */
export const Backups = z.object({
  at: z.number(),
  /** What there is now, as the database keeps it: a backup has about as much, or less. */
  stored: z.object({ samples: z.number(), bytes: z.number() }).nullable(),
  /** The last one that was downloaded to its end. */
  last: z
    .object({
      at: z.number(),
      /** Of the file. */
      name: z.string().nullable(),
      actor: z.string().nullable(),
      bytes: z.number(),
      samples: z.number(),
      secrets: z.enum(["none", "kept", "passphrase"]),
    })
    .nullable(),
});
