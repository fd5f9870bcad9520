import type { DatabaseLock } from "./database-lock";

/** As often as this the connection that holds the lock is asked, so that neither side takes the other for gone. */
const ASK_EVERY_MS = 10_000;

/** One connection that holds the lock. */
export interface Holder {
  /** @throws when the connection is lost, and the lock with it */
  ask(): Promise<unknown>;
  end(): void;
}

/**
 * Keeps a lock that lives as long as its connection. When that is lost, a new one takes the lock again as soon as there is a server.
 * @param take undefined when somebody else has it
 */
export async function holdServerLock(take: () => Promise<Holder | undefined>): Promise<DatabaseLock | undefined> {
  let holder = await take();
  if (!holder) return undefined;
  let asking: Promise<void> | undefined;

  async function ask(): Promise<void> {
    try {
      if (holder) await holder.ask();
      else holder = await take();
    } catch {
      // The server is away; whoever reads and writes there says so. It is asked again.
      holder?.end();
      holder = undefined;
    }
  }
  const timer = setInterval(() => {
    asking ??= ask().finally(() => {
      asking = undefined;
    });
  }, ASK_EVERY_MS);
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
