import { printable } from "./printable";

/** Longer than any name people give, shorter than what a label may have. */
const MAX_LENGTH = 200;

/** A text from outside as a label: one line of bounded length, nothing that a database cannot keep. */
export function toLabel(text: string): string {
  // Whole characters are counted, so that none is cut in half; half ones that came are replaced.
  const characters = [...text.slice(0, 2 * MAX_LENGTH)].slice(0, MAX_LENGTH);
  return printable(characters.join("").replace(/\p{Surrogate}/gu, "\ufffd")).slice(0, 2 * MAX_LENGTH);
}

/**
 * A label for each item: its name, or where several share one, the name and the id. Ids must differ. An item keeps its
 * label as long as no other takes its name.
 */
export function labelItems<T>(
  items: readonly T[],
  { name, id }: { name: (item: T) => string; id: (item: T) => string },
): { label: string; item: T }[] {
  const named = items.map((item) => ({ item, label: toLabel(name(item)) || toLabel(id(item)) }));
  const counts = new Map<string, number>();
  for (const { label } of named) counts.set(label, (counts.get(label) ?? 0) + 1);
  return named.map(({ item, label }) =>
    (counts.get(label) ?? 0) > 1 ? { item, label: `${label} (${toLabel(id(item))})` } : { item, label },
  );
}
