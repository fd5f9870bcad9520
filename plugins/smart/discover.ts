import type { Trace } from "../sdk";
import type { ConfigInput } from "./config";

/** Disks that have health data; those of virtual machines (vda) have none. */
export const discover: readonly Trace<ConfigInput>[] = [
  { seen: "file", paths: ["/dev/nvme?", "/dev/sd?"], config: () => ({}) },
];
