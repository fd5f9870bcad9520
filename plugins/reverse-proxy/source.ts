import type { CollectContext, Inventory, Report } from "../sdk";
import type { Config } from "./config";
import type { metrics } from "./metrics";

export type Context = CollectContext<Config>;
export type Reported = Report<typeof metrics>;

/** Reads one kind of proxy and reports its numbers. @returns its snapshot. @throws CollectError */
export type ReadSource = (context: Context, report: Reported, cap: Cap) => Promise<Inventory>;

/** Takes the first so many items, and remembers that there were more. */
export interface Cap {
  <T>(items: readonly T[]): T[];
  readonly wasReached: () => boolean;
}

export function createCap(maxItems: number): Cap {
  let reached = false;
  const cap = <T>(items: readonly T[]): T[] => {
    if (items.length > maxItems) reached = true;
    return items.slice(0, maxItems);
  };
  return Object.assign(cap, { wasReached: () => reached });
}
