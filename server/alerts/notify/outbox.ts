import type { Clock } from "../../clock";
import type { Log } from "../../log";
import { createTrouble } from "../../trouble";
import type { Delivery } from "./delivery";
import type { DeliveryTable } from "./delivery-table";

/** Writes deliveries behind: what changed last of each, together. A database that is away stops no message. */
export interface Outbox {
  put(delivery: Delivery): void;
  /** Resolves when all so far is durable, or is put off; after a while in any case. */
  written(): Promise<void>;
  /** As it will be in the database. */
  waiting(id: string): Delivery | undefined;
}

const RETRY_MS = 2_000;
/** A database that says nothing must not keep anybody from being told. */
const PATIENCE_MS = 2_000;
/** Deliveries that wait while the database is away; what finished first goes first. */
const MOST_WAITING = 5_000;

export function createOutbox(table: Pick<DeliveryTable, "save">, { clock, log }: { clock: Clock; log: Log }): Outbox {
  const trouble = createTrouble(log, {
    failing: "what was sent cannot be written; it is kept and tried again",
    over: "what was sent is written again",
  });
  let changed = new Map<string, Delivery>();
  let underway: ReadonlyMap<string, Delivery> = new Map();
  let writing: Promise<void> = Promise.resolve();
  let retry: (() => void) | undefined;

  async function write(): Promise<void> {
    if (changed.size === 0) return;
    const batch = changed;
    underway = batch;
    changed = new Map();
    try {
      await table.save([...batch.values()]);
      trouble.worked();
    } catch (error) {
      changed = new Map([...batch, ...changed]);
      for (const id of [...changed.keys()].slice(0, Math.max(changed.size - MOST_WAITING, 0))) changed.delete(id);
      trouble.failed(error);
      retry ??= clock.after(RETRY_MS, () => void flush());
    }
    underway = new Map();
  }

  function flush(): Promise<void> {
    retry?.();
    retry = undefined;
    writing = writing.then(write);
    return writing;
  }

  return {
    put(delivery) {
      changed.set(delivery.id, delivery);
    },
    written() {
      const done = flush();
      return new Promise((resolve) => {
        const cancel = clock.after(PATIENCE_MS, resolve);
        void done.then(() => {
          cancel();
          resolve();
        });
      });
    },
    waiting: (id) => changed.get(id) ?? underway.get(id),
  };
}
