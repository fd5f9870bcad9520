import { z } from "zod";

/** File systems that hold no files of ours: the kernel's own, memory, images. */
const PSEUDO_TYPES =
  "tmpfs devtmpfs squashfs overlay proc sysfs cgroup cgroup2 devpts mqueue tracefs debugfs securityfs pstore bpf autofs fusectl nsfs ramfs efivarfs iso9660 fuse.lxcfs fuse.snapfuse";

const ratio = (value: number) => z.number().min(0.01).max(1).default(value);

export const config = z.object({
  warnRatio: ratio(0.8).meta({ title: "Warn from", description: "Space in use on a file system." }),
  criticalRatio: ratio(0.9).meta({ title: "Critical from", description: "Space in use on a file system." }),
  excludeMounts: z
    .array(z.string())
    .max(200)
    .default(["/var/lib/docker/**", "/run/**", "/snap/**"])
    .meta({ title: "Excluded mounts", description: "Paths or patterns: ** stands for any number of folders." }),
  excludeTypes: z.array(z.string()).max(200).default(PSEUDO_TYPES.split(" ")).meta({
    title: "Excluded file systems",
    description: "Types or patterns such as fuse.*.",
    advanced: true,
  }),
  includeIo: z
    .boolean()
    .default(true)
    .meta({ title: "Read and write rates", description: "Of each disk, how busy it is, and how long it takes." }),
  excludeDevices: z.array(z.string()).max(200).default(["loop*", "ram*", "zram*", "fd*", "sr*", "nbd*"]).meta({
    title: "Excluded devices",
    description: "Names or patterns, for rates. A device with a file system shown above is always taken.",
    advanced: true,
  }),
  statfsTimeoutMs: z.int().min(100).max(8_000).default(3_000).meta({
    title: "Time-out of a file system",
    description: "How long it may take to say how full it is. A share whose server is gone never says.",
    advanced: true,
  }),
  maxItems: z
    .int()
    .min(1)
    .max(1_000)
    .default(200)
    .meta({ title: "Mounts and devices at most", description: "Of each.", advanced: true }),
  rootPrefix: z
    .string()
    .regex(/^(\/.*[^/])?$/, "Begin with / and end without.")
    .default("")
    .meta({
      title: "Root of the host",
      description: "Where the host's / is seen when Unity runs in a container: /host.",
      advanced: true,
    }),
  procRoot: z.string().default("/proc").meta({
    title: "Folder of proc",
    description: "Another one when Unity runs in a container: /host/proc.",
    advanced: true,
  }),
  sysRoot: z.string().default("/sys").meta({
    title: "Folder of sys",
    description: "Another one when Unity runs in a container: /host/sys.",
    advanced: true,
  }),
});
export type Config = z.output<typeof config>;
