/** The end of something that work depends on, as a connection. */
export interface Ending {
  /** The work's result, or what ended it before. Nothing begins after the end. */
  until<T>(work: () => PromiseLike<T>): Promise<T>;
  /** The first is what counts. */
  end(error: Error): void;
  error(): Error | undefined;
}

/** Not `Promise.race` with a promise of the end: that one would keep every result until the end comes, which may be weeks. */
export function createEnding(): Ending {
  let ended: Error | undefined;
  const working = new Set<(error: Error) => void>();
  return {
    until: (work) =>
      new Promise((resolve, reject) => {
        if (ended) return reject(ended);
        working.add(reject);
        const leave = () => working.delete(reject);
        work().then(
          (value) => {
            leave();
            resolve(value);
          },
          (error: unknown) => {
            leave();
            reject(error);
          },
        );
      }),
    end(error) {
      ended ??= error;
      for (const stop of working) stop(ended);
      working.clear();
    },
    error: () => ended,
  };
}
