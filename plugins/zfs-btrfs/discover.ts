import type { Trace } from "../sdk";
import type { ConfigInput } from "./config";

/** A pool that is imported, a file system that is mounted. One instance reads all of them. */
export const discover: readonly Trace<ConfigInput>[] = [
  { seen: "file", paths: ["/proc/spl/kstat/zfs/*/state", "/proc/spl/kstat/zfs/*/io"], config: () => ({}) },
  { seen: "mount", types: ["btrfs"], config: () => ({}) },
];
