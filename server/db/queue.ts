import { AsyncLocalStorage } from "node:async_hooks";

/** One task after another: SQLite has one writer, and a transaction must not be entered by somebody else's statement. */
export interface Queue {
  /** @throws QueueFull; Error when called from inside a task, which would wait for itself */
  run<T>(task: () => Promise<T>): Promise<T>;
}

/** The database is not keeping up, and whoever asks must hear of it. */
export class QueueFull extends Error {
  override readonly name = "QueueFull";
}

/** @param maxWaiting beyond, tasks are refused: they hold memory, and their callers have long stopped waiting */
export function createQueue(maxWaiting: number): Queue {
  const inside = new AsyncLocalStorage<{ running: boolean }>();
  let tail: Promise<unknown> = Promise.resolve();
  let waiting = 0;

  async function enter<T>(task: () => Promise<T>): Promise<T> {
    const mark = { running: true };
    try {
      return await inside.run(mark, task);
    } finally {
      // What the task left behind, a timer say, may come back later as anybody else.
      mark.running = false;
      waiting--;
    }
  }

  return {
    run(task) {
      if (inside.getStore()?.running) {
        return Promise.reject(
          new Error("This statement would wait for the transaction it is in. Inside a transaction, use its `tx` only."),
        );
      }
      if (waiting >= maxWaiting) {
        return Promise.reject(new QueueFull(`The database is not keeping up: ${waiting} statements are waiting.`));
      }
      waiting++;
      const result = tail.then(() => enter(task));
      // Whoever asked hears of the failure; the next in line only waits for the end.
      tail = result.catch(() => undefined);
      return result;
    },
  };
}
