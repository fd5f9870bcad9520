import type { TokenView } from "@/components/data/outputs";

/** A fortnight: time to make another one and to put it where the old one is. */
const NEAR_MS = 14 * 86_400_000;

export type TokenEnd = "never" | "later" | "near" | "over";

/** How near its end is. @param now epoch milliseconds */
export function tokenEnd({ expiresAt }: Pick<TokenView, "expiresAt">, now: number): TokenEnd {
  if (expiresAt === null) return "never";
  if (expiresAt <= now) return "over";
  return expiresAt - now <= NEAR_MS ? "near" : "later";
}
