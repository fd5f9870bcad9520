export const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** Asks again until it is so. @throws Error when it takes too long */
export async function until(what: string, withinMs: number, isSo: () => boolean | Promise<boolean>): Promise<void> {
  for (const end = performance.now() + withinMs; performance.now() < end; await pause(100)) if (await isSo()) return;
  throw new Error(`After ${withinMs / 1_000} s still not: ${what}.`);
}
