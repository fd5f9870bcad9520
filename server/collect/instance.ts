import type { Plugin } from "../../plugins/sdk/plugin";

/** A plugin configured for one target. */
export interface Instance {
  readonly id: string;
  readonly plugin: string;
  readonly name: string;
  /** The machine it runs on or speaks of. */
  readonly host: string;
  readonly enabled: boolean;
  /** As entered; secrets inside. Never leaves the server unmasked. */
  readonly config: Readonly<Record<string, unknown>>;
  readonly intervalSeconds: number;
  readonly timeoutMs: number;
  readonly tags: readonly string[];
  readonly createdAt: number;
  readonly updatedAt: number;
}

export const DEFAULT_TIMEOUT_MS = 10_000;
const INTERVAL_FLOOR_SECONDS = 5;

/** The shortest interval a plugin may be given. Seconds. */
export const intervalFloor = (plugin: Plugin) => plugin.minIntervalSeconds ?? INTERVAL_FLOOR_SECONDS;
