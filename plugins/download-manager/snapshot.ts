import type { CollectContext } from "../sdk";
import type { Config } from "./config";

export type Context = CollectContext<Config>;

export const STATES = [
  "downloading",
  "seeding",
  "queued",
  "paused",
  "stalled",
  "checking",
  "error",
  "completed",
] as const;
/** "other" is a state that only a newer version of the program knows. */
export type State = (typeof STATES)[number] | "other";

export interface Item {
  readonly id: string;
  readonly name: string;
  readonly state: State;
  /** 0 to 1. */
  readonly progress: number | undefined;
  readonly remainingBytes: number | undefined;
}

/** What every program tells in its own words. What one does not know is undefined. */
export interface Snapshot {
  readonly version: string;
  /** The states this program can tell apart, reported also at zero. */
  readonly states: readonly State[];
  readonly items: readonly Item[];
  /** Bytes a second. */
  readonly downloadSpeed: number | undefined;
  readonly uploadSpeed?: number | undefined;
  readonly downloadedBytes?: number | undefined;
  readonly uploadedBytes?: number | undefined;
  readonly disks: readonly Disk[];
  readonly paused?: boolean | undefined;
  readonly connectionOk?: boolean | undefined;
  readonly peers?: number | undefined;
  readonly dhtNodes?: number | undefined;
  readonly ratio?: number | undefined;
  readonly historyFailed?: number | undefined;
  readonly warnings?: number | undefined;
  readonly quotaRemainingBytes?: number | undefined;
  /** More facts for the page. */
  readonly facts?: Readonly<Record<string, string | number | boolean>>;
}

export interface Disk {
  readonly path: string;
  readonly freeBytes: number;
  readonly capacityBytes: number | undefined;
}
