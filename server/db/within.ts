/** A database that said nothing for too long. */
export class NoAnswer extends Error {
  override readonly name = "NoAnswer";
}

/**
 * The work's result, or NoAnswer when it takes longer. The work itself is not ended: `late` is told, to hang up.
 * @param place for the message
 */
export async function within<T>(
  milliseconds: number,
  { place, late }: { place: string; late: () => void },
  work: Promise<T>,
): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const end = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(
        new NoAnswer(`${place} did not answer in ${milliseconds / 1_000} s. Is it overloaded, or the network down?`),
      );
      late();
    }, milliseconds);
  });
  try {
    return await Promise.race([work, end]);
  } finally {
    clearTimeout(timer);
  }
}
