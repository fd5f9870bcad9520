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
  const login = `curl -H "Authorization: Bearer ${secret}"`;
  if (!scopes.includes("read") && scopes.includes("send"))
    return `${login} --data-binary "greeting value=1" ${origin}/api/v2/write`;
  // Who it is, everybody may ask.
  const procedure = scopes.includes("read") ? "plugins.instances" : "account.me";
  return `${login} ${origin}/api/trpc/${procedure}`;
}
