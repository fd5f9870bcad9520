import type { Permission } from "@/components/account/rights";
import type { TokenInput } from "@/components/data/outputs";

/** How long a token may live. "" is for ever. */
export const LIFETIMES = [
  { value: "30", name: "30 days" },
  { value: "90", name: "90 days" },
  { value: "365", name: "1 year" },
  { value: "", name: "No end" },
] as const;
export type Lifetime = (typeof LIFETIMES)[number]["value"];

const DAY_MS = 86_400_000;

/** What stands in the fields. */
export interface TokenForm {
  readonly name: string;
  readonly scopes: readonly Permission[];
  readonly limited: boolean;
  readonly tags: readonly string[];
  readonly lifetime: Lifetime;
}

/** Most programs only look; and one that is forgotten ends by itself. */
export const NEW_TOKEN: TokenForm = { name: "", scopes: ["read"], limited: false, tags: [], lifetime: "90" };

/** As the server takes it: rows that were left empty are none. */
export function tokenInput({ name, scopes, limited, tags, lifetime }: TokenForm): TokenInput {
  const typed = tags.map((tag) => tag.trim()).filter((tag) => tag !== "");
  return {
    name: name.trim(),
    scopes: [...scopes],
    tags: limited ? [...new Set(typed)] : null,
    expiresInDays: lifetime === "" ? null : Number(lifetime),
  };
}

/** What is wrong before anybody is asked. */
export function problemOf(form: TokenForm): { readonly field: string; readonly message: string } | null {
  const { name, scopes, tags } = tokenInput(form);
  if (name === "") return { field: "name", message: "Say what it is for." };
  if (scopes.length === 0) return { field: "scopes", message: "Choose at least one thing that it may do." };
  if (tags?.length === 0) return { field: "tags", message: "Choose or type a tag, or let it see everything." };
  return null;
}

/** When it ends if it is made now; null: never. Epoch milliseconds. */
export const endOf = (lifetime: Lifetime, now: number): number | null =>
  lifetime === "" ? null : now + Number(lifetime) * DAY_MS;

/** What is about everything is refused to whoever sees only some of it. */
export const isFutile = ({ limited, scopes }: Pick<TokenForm, "limited" | "scopes">): boolean =>
  limited && (scopes.includes("edit") || scopes.includes("administer"));
