import type { Context } from "./source";

/** What changes seldom is asked for only so often, and answered from memory in between. */
export async function remember<T>(
  { memory, now }: Context,
  key: string,
  seconds: number,
  read: () => Promise<T>,
): Promise<T> {
  const kept = memory.recall<T>(key);
  if (kept && now - kept.at < seconds * 1_000) return kept.value;
  const value = await read();
  memory.keep(key, value);
  return value;
}
