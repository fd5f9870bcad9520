/** What ZFS and Btrfs have in common, before it is reported. What is unknown is left out. */
export interface Pool {
  readonly name: string;
  readonly fs: "zfs" | "btrfs";
  readonly state: string;
  readonly healthy: boolean;
  readonly devices: readonly Device[];
  readonly devicesMissing: number;
  /** One sentence of what is wrong, where the system says one. */
  readonly status?: string | undefined;
  readonly dataErrors?: number | undefined;
  readonly scan?: Scan | undefined;
  readonly space: Space;
}

/** Bytes and ratios. */
export interface Space {
  readonly size?: number | undefined;
  readonly allocated?: number | undefined;
  readonly free?: number | undefined;
  readonly usedRatio?: number | undefined;
  readonly fragmentationRatio?: number | undefined;
  readonly dedupRatio?: number | undefined;
  readonly unallocated?: number | undefined;
  readonly metadataUsedRatio?: number | undefined;
}

export interface Device {
  readonly name: string;
  readonly state: string;
  readonly healthy: boolean;
  /** By kind, in the words of its file system. */
  readonly errors: Readonly<Record<string, number>>;
}

/** The last scrub or resilver, or the one that runs. Times in epoch seconds. */
export interface Scan {
  readonly kind: "scrub" | "resilver" | "none";
  readonly running: boolean;
  /** Of a scrub that went to its end. */
  readonly finishedAt?: number | undefined;
  readonly progressRatio?: number | undefined;
  /** By kind; only of one that finished or runs. */
  readonly errors: Readonly<Record<string, number>>;
}
