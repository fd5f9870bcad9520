import { hash } from "node:crypto";
import type { Inventory } from "../../plugins/sdk/plugin";

/** One that says the same is written again after this all the same, so that the database's own instant is not far behind. */
const AGAIN_MS = 600_000;

/** A snapshot that is to be written, and roughly how much that is. */
export interface Snapshot {
  readonly inventory: Inventory;
  readonly length: number;
}

interface Seen {
  readonly hash: string;
  readonly writtenAt: number;
  at: number;
}

/** What the database has of each instance's inventory: most runs find what the last one found, and memory cards wear out. */
export interface Snapshots {
  /** The snapshot when it is to be written; undefined when it says what the last one said. @param at the run's tick */
  take(instanceId: string, inventory: Inventory, at: number): Snapshot | undefined;
  /** When it was last seen as it is; undefined before the first. */
  seenAt(instanceId: string): number | undefined;
  forget(instanceId: string): void;
}

export function createSnapshots(): Snapshots {
  const seen = new Map<string, Seen>();
  return {
    take(instanceId, inventory, at) {
      const text = JSON.stringify(inventory);
      const found = hash("sha1", text, "base64");
      const known = seen.get(instanceId);
      const isThere = known?.hash === found && Math.abs(at - known.writtenAt) < AGAIN_MS;
      if (isThere) known.at = at;
      else seen.set(instanceId, { hash: found, writtenAt: at, at });
      return isThere ? undefined : { inventory, length: text.length };
    },
    seenAt: (instanceId) => seen.get(instanceId)?.at,
    forget: (instanceId) => void seen.delete(instanceId),
  };
}
