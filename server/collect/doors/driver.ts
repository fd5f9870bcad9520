import type { OpenDriver } from "../../../plugins/sdk/context";
import { withDeadline } from "./deadline";
import { stopped, toCollectError } from "./failure";

/** A client library that does not close in this time is left to its own sockets' end. */
const CLOSE_MS = 2_000;
/** One question; the run's signal usually ends it before. */
const ASK_MS = 60_000;

interface Drivers {
  open<Q, A>(
    name: string,
    open: (signal: AbortSignal) => Promise<OpenDriver<Q, A>>,
  ): Promise<(question: Q) => Promise<A>>;
  close(): Promise<void>;
}

/** The client libraries of one run: opened with its signal, closed at its end, also one that opens too late. */
export function createDrivers(signal: AbortSignal): Drivers {
  const opened = new Set<{ close(): Promise<void> }>();
  let closed = false;
  return {
    open: async <Q, A>(name: string, open: (signal: AbortSignal) => Promise<OpenDriver<Q, A>>) => {
      const bounded = <T>(work: () => Promise<T>) =>
        withDeadline({ signal, timeoutMs: ASK_MS, where: name }, async () => {
          try {
            return await work();
          } catch (error) {
            throw toCollectError(error, name);
          }
        });
      const driver = await bounded(async () => {
        const ready = await open(signal);
        if (closed || signal.aborted) {
          await closeQuietly(ready);
          throw stopped(signal);
        }
        opened.add(ready);
        return ready;
      });
      return (question: Q) => bounded(() => driver.ask(question));
    },
    close: async () => {
      closed = true;
      const all = [...opened];
      opened.clear();
      await Promise.all(all.map(closeQuietly));
    },
  };
}

/** What fails while closing has no reader any more: the run's outcome is known. */
async function closeQuietly(driver: { close(): Promise<void> }): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, CLOSE_MS);
  });
  const done = Promise.resolve()
    .then(() => driver.close())
    .catch(() => {});
  await Promise.race([done, late]);
  clearTimeout(timer);
}
