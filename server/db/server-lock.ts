import type { DatabaseLock } from "./database-lock";

/** As often as this the connection that holds the lock is asked, so that neither side takes the other for gone. */
const ASK_EVERY_MS = 10_000;
/** One that is known to be lost is made again soon: others wait for the lock, too. */
const LOOK_EVERY_MS = 1_000;
/** A server that was cut off keeps our own lost connection, and with it the lock, for about a minute. */
const OURS_FOR_MS = 90_000;

/** One connection that holds the lock. */
export interface Holder {
  /** @throws when the connection is lost, and the lock with it */
  ask(): Promise<unknown>;
  /** Known without asking. */
  isLost?(): boolean;
  end(): void;
}

/**
 * Keeps a lock that lives as long as its connection. When that is lost, a new one takes the lock again as soon as there is a server.
 * @param take undefined when somebody else has it
 * @param taken told once, when somebody else got it meanwhile: this process must not change the database any more
 */
export async function holdServerLock(
  take: () => Promise<Holder | undefined>,
  taken: () => void = () => undefined,
): Promise<DatabaseLock | undefined> {
  let holder = await take();
  if (!holder) return undefined;
  let asking: Promise<void> | undefined;
  let refusedSince: number | undefined;
  let isTold = false;
  let askedAt = performance.now();

  async function ask(): Promise<void> {
    try {
      if (holder?.isLost?.()) holder = undefined;
      if (!holder) await takeAgain();
      else if (performance.now() - askedAt >= ASK_EVERY_MS) {
        askedAt = performance.now();
        await holder.ask();
      }
    } catch {
      // The server is away; whoever reads and writes there says so. It is asked again.
      holder?.end();
      holder = undefined;
    }
  }
  async function takeAgain(): Promise<void> {
    holder = await take();
    if (holder) {
      refusedSince = undefined;
      return;
    }
    refusedSince ??= performance.now();
    if (isTold || performance.now() - refusedSince < OURS_FOR_MS) return;
    isTold = true;
    taken();
  }
  const timer = setInterval(() => {
    asking ??= ask().finally(() => {
      asking = undefined;
    });
  }, LOOK_EVERY_MS);
  // Holding a lock alone keeps no process alive.
  timer.unref();

  return {
    async release() {
      clearInterval(timer);
      await asking;
      holder?.end();
    },
  };
}
