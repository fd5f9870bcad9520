import type { Device, Scan } from "./pool";

/** What `zpool status` says of one pool, from JSON or text. */
export interface PoolStatus {
  readonly name: string;
  readonly state: string;
  readonly status: string | undefined;
  readonly scan: Scan | undefined;
  readonly devices: readonly Device[];
  readonly devicesMissing: number;
  readonly dataErrors: number | undefined;
}
