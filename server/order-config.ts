import type { z } from "zod";
import { canonical } from "./alerts/exchange";

/** Settings in the order that their form has them, and what is within them by name: some databases keep no order. */
export function orderConfig(schema: z.ZodObject, config: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const names = Object.keys(schema.shape).filter((name) => config[name] !== undefined);
  return Object.fromEntries(names.map((name) => [name, JSON.parse(canonical(config[name])) as unknown]));
}
