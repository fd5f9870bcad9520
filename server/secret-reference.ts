/** How a secret is referred to that stands elsewhere: `${UNITY_SECRET_NAME}`, or `file:/run/secrets/name`. As a whole, or not at all. */
export type Reference =
  | { readonly kind: "variable"; readonly name: string }
  | { readonly kind: "file"; readonly path: string };

const VARIABLE = /^\$\{([A-Za-z_][A-Za-z0-9_]{0,199})\}$/;
const FILE = /^file:(\/[^\0\n]{1,4000})$/;
const PREFIX = "UNITY_SECRET_";
/** What all others are encrypted under is nobody's password. */
const KEYS = "UNITY_SECRET_KEY";

export function parseReference(text: string): Reference | undefined {
  const name = VARIABLE.exec(text)?.[1];
  if (name !== undefined) return { kind: "variable", name };
  const path = FILE.exec(text)?.[1];
  return path === undefined ? undefined : { kind: "file", path };
}

export const isReference = (value: unknown): value is string =>
  typeof value === "string" && parseReference(value) !== undefined;

/**
 * Of the environment only what was put there for this: whoever may write a configuration must not read all of it.
 * @returns why a variable must not be referred to, or undefined
 */
export function refuseVariable(name: string): string | undefined {
  if (name.startsWith(KEYS)) return `${name} is Unity's own key, and no secret of anything else.`;
  if (name.startsWith(PREFIX) && name.length > PREFIX.length) return undefined;
  return `Only variables whose names begin with ${PREFIX} can be referred to, and ${name} does not.`;
}
