import type { Permission } from "@/components/account/rights";

/** A line for a shell that asks this Unity something that the token may ask. @param origin as "http://unity.lan:3000" */
export function tokenCall({
  origin,
  secret,
  scopes,
}: {
  origin: string;
  secret: string;
  scopes: readonly Permission[];
}) {
  // Who it is, everybody may ask.
  const procedure = scopes.includes("read") ? "plugins.instances" : "account.me";
  return `curl -H "Authorization: Bearer ${secret}" ${origin}/api/trpc/${procedure}`;
}
