/** One task after another: SQLite has one writer, and a transaction must not be entered by somebody else's statement. */
export interface Queue {
  run<T>(task: () => Promise<T>): Promise<T>;
}

export function createQueue(): Queue {
  let tail: Promise<unknown> = Promise.resolve();
  return {
    run(task) {
      const result = tail.then(task, task);
      // Whoever asked hears of the failure; the next in line only waits for the end.
      tail = result.catch(() => undefined);
      return result;
    },
  };
}
