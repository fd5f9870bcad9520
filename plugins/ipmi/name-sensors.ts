import { labelItems, matchesAny } from "../sdk";

/** Gives each a name of its own, in the order they came: boards call two fans alike. Without the excluded. */
export function nameSensors<T extends { readonly name: string }>(items: readonly T[], exclude: readonly string[]): T[] {
  const counts = new Map<string, number>();
  const numbered = items.map((item) => {
    const ordinal = (counts.get(item.name) ?? 0) + 1;
    counts.set(item.name, ordinal);
    return { item, ordinal };
  });
  return labelItems(numbered, { name: ({ item }) => item.name, id: ({ ordinal }) => String(ordinal) })
    .filter(({ label, item: { item } }) => !matchesAny(label, exclude) && !matchesAny(item.name, exclude))
    .map(({ label, item: { item } }) => ({ ...item, name: label }));
}
