import { z } from "zod";

export const config = z.object({
  type: z.enum(["auto", "zfs", "btrfs"]).default("auto").meta({
    title: "File system",
    description: "auto reads what this machine has.",
  }),
  pools: z
    .array(z.string().trim().min(1).max(255))
    .max(100)
    .default([])
    .meta({ title: "ZFS pools", description: "Names. Empty: all that are imported.", placeholder: "tank" }),
  mounts: z
    .array(z.string().trim().startsWith("/").max(4_096))
    .max(100)
    .default([])
    .meta({ title: "Btrfs mounts", description: "Paths. Empty: every Btrfs that is mounted.", placeholder: "/srv" }),
  datasets: z.enum(["none", "top", "all"]).default("top").meta({
    title: "ZFS datasets",
    description: "top: the pool's own and those right below it.",
  }),
  snapshots: z
    .boolean()
    .default(true)
    .meta({ title: "Snapshots", description: "How many each ZFS dataset has and how old the newest is." }),
  scrubMaxAgeDays: z
    .int()
    .min(1)
    .max(3_650)
    .default(35)
    .meta({ title: "Scrub at least every", description: "Days. An alert fires when the last one is older." }),
  useSudo: z.boolean().default(false).meta({
    title: "Use sudo",
    description: "Run zpool, zfs and btrfs through sudo -n. The README has the lines for sudoers.",
    advanced: true,
  }),
  maxItems: z
    .int()
    .min(1)
    .max(1_000)
    .default(200)
    .meta({ title: "Items at most", description: "Pools, devices and datasets, of each so many.", advanced: true }),
});
export type Config = z.output<typeof config>;
export type ConfigInput = z.input<typeof config>;
