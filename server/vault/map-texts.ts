/** Changes every text of a plain value. @param beside of the same shape, walked along: `change` gets what stands there */
export function mapTexts<T>(
  value: T,
  beside: unknown,
  change: (text: string, path: readonly string[], beside: unknown) => string,
): T {
  return walk(value, beside, []) as T; // Only texts change, into texts.

  function walk(one: unknown, other: unknown, path: readonly string[]): unknown {
    if (typeof one === "string") return change(one, path, other);
    if (Array.isArray(one)) return one.map((entry, index) => walk(entry, fieldOf(other, index), [...path, `${index}`]));
    if (typeof one !== "object" || one === null) return one;
    return Object.fromEntries(
      Object.entries(one).map(([key, entry]) => [key, walk(entry, fieldOf(other, key), [...path, key])]),
    );
  }
}

/** The texts of a plain value. */
export function listTexts(value: unknown): { readonly text: string; readonly path: readonly string[] }[] {
  const found: { text: string; path: readonly string[] }[] = [];
  mapTexts(value, undefined, (text, path) => {
    found.push({ text, path });
    return text;
  });
  return found;
}

const fieldOf = (value: unknown, key: string | number): unknown =>
  typeof value === "object" && value !== null && Object.hasOwn(value, key)
    ? (value as Record<string | number, unknown>)[key]
    : undefined;
