import type { Config } from "./config";

/** One job as any of the programs tells of it. Instants are epoch milliseconds; undefined is unknown. */
export interface Job {
  readonly name: string;
  readonly type: Config["type"];
  readonly lastSuccessAt?: number | undefined;
  /** False when it is not known whether there ever was a success; true unless said. */
  readonly isHistoryKnown?: boolean | undefined;
  readonly lastRunAt?: number | undefined;
  readonly lastRunOk?: boolean | undefined;
  readonly durationSeconds?: number | undefined;
  readonly snapshots?: number | undefined;
  readonly sizeBytes?: number | undefined;
  readonly addedBytes?: number | undefined;
  readonly files?: number | undefined;
  readonly sourceBytes?: number | undefined;
  readonly repositoryBytes?: number | undefined;
  readonly freeBytes?: number | undefined;
  readonly isReachable?: boolean | undefined;
  readonly locks?: { readonly stale: number; readonly active: number } | undefined;
  readonly check?: Check | undefined;
  readonly sizeChangeRatio?: number | undefined;
}

export interface Check {
  readonly ok: boolean;
  readonly at: number;
}

type Cell = string | number | boolean | null;

/** What came of asking one instance. */
export interface Read {
  readonly jobs: readonly Job[];
  readonly truncated: boolean;
  readonly facts: Readonly<Record<string, string | number | boolean>>;
  readonly lists: Readonly<Record<string, readonly Readonly<Record<string, Cell>>[]>>;
}
