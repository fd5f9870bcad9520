import type { z } from "zod";
import { maskSecrets } from "./secret-fields";

/** The values of every secret that is set in a config, however deep. */
export function listSecrets(schema: z.core.$ZodType, config: Readonly<Record<string, unknown>>): string[] {
  const found: string[] = [];
  compare(config, maskSecrets(schema, config), found);
  return found;
}

/** Where masking changed something, there was a secret. */
function compare(value: unknown, masked: unknown, found: string[]): void {
  if (typeof value === "string" && value !== masked) found.push(value);
  if (typeof value !== "object" || value === null || typeof masked !== "object" || masked === null) return;
  const after = new Map(Object.entries(masked));
  for (const [key, entry] of Object.entries(value)) compare(entry, after.get(key), found);
}
