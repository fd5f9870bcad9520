import { z } from "zod";

/** A string that is write-only in the API, encrypted at rest and masked everywhere else. */
export const secret = () => z.string().min(1).meta({ secret: true });

/** True for a schema made by `secret()`, also below `.optional()` and `.default()`. */
export function isSecret(schema: z.core.$ZodType): boolean {
  let current: z.core.$ZodType | undefined = schema;
  while (current) {
    if (z.globalRegistry.get(current)?.secret === true) return true;
    const def: { innerType?: z.core.$ZodType } = current._zod.def as { innerType?: z.core.$ZodType };
    current = def.innerType;
  }
  return false;
}

/** Address of a service that speaks HTTP. With or without a trailing slash or a path prefix; see `openApi`. */
export const serviceUrl = () =>
  z
    .string()
    .trim()
    .regex(/^https?:\/\/[^\s/?#]+[^\s?#]*$/i, "Write it as http://host:port or https://host/path.")
    .refine((address) => URL.canParse(address), "This is no address.");

/** TLS options of every plugin whose transport can be TLS. A private CA beats switching verification off. */
export const tlsOptions = () =>
  z
    .object({
      verify: z.boolean().default(true).meta({ title: "Verify the certificate" }),
      caPem: z.string().optional().meta({ title: "Private CA", description: "PEM text.", format: "multiline" }),
      serverName: z
        .string()
        .optional()
        .meta({ title: "Server name", description: "SNI and name check; empty: the host." }),
    })
    .prefault({})
    .meta({ title: "TLS", advanced: true });

/** Extra request headers, for services behind a proxy that asks for them. Values are secret. */
export const headerMap = () =>
  z.record(z.string(), secret()).default({}).meta({ title: "Extra headers", advanced: true });
