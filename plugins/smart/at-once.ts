/** Does the work for every item, so many at a time. @throws what the first failing work throws */
export async function eachAtOnce<T>(
  limit: number,
  items: readonly T[],
  work: (item: T) => Promise<void>,
): Promise<void> {
  const queue = items.values();
  // The lanes share one iterator: each takes the next item when it is done with its last.
  const lane = async () => {
    for (const item of queue) await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, lane));
}
