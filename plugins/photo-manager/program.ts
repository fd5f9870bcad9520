import type { CollectContext, HttpAnswer, Report } from "../sdk";
import type { Config } from "./config";
import type { metrics } from "./metrics";

export type Context = CollectContext<Config>;
export type Reported = Report<typeof metrics>;

/** For the page of the instance. */
export interface Facts {
  readonly version: string;
  readonly [name: string]: string | number | boolean;
}

/** Seconds an answer took, to its last byte. */
export const secondsOf = ({ timings }: HttpAnswer) => timings.total / 1_000;

/** A disk as the program sees it. What it does not know is left out. */
export function reportDisk(
  report: Reported,
  disk: { size: number | undefined; free: number | undefined; used: number | undefined },
) {
  const { size, free, used } = disk;
  if (size === undefined || size <= 0) return;
  report("photos_disk_size_bytes", size);
  if (free !== undefined && free >= 0) report("photos_disk_free_bytes", free);
  const taken = used ?? (free === undefined ? undefined : size - free);
  if (taken !== undefined) report("photos_disk_used_ratio", Math.min(1, Math.max(0, taken / size)));
}
