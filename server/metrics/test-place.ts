import type { KeyValue, KeyValues } from "./key-values";

/** A cache that is always there and forgets nothing by itself. */
export function createTestPlace() {
  const texts = new Map<string, KeyValue>();
  const place: KeyValues = {
    get: async (key) => texts.get(key)?.text,
    async put(entries) {
      for (const entry of entries) texts.set(entry.key, entry);
    },
    async remove(keys) {
      for (const key of keys) texts.delete(key);
    },
    close: async () => {},
  };
  return { place, texts };
}
