import { z } from "zod";

const folder = (value: string) =>
  z
    .string()
    .regex(/^\/(.*[^/])?$/, "Begin with / and end without.")
    .default(value);

export const config = z.object({
  perCpu: z.boolean().default(false).meta({
    title: "Each CPU on its own",
    description: "Adds nine series for every CPU.",
  }),
  maxItems: z.int().min(1).max(400).default(200).meta({
    title: "CPUs at most",
    description: "Of those shown on their own.",
    advanced: true,
  }),
  procRoot: folder("/proc").meta({
    title: "Folder of proc",
    description: "Another one when Unity runs in a container: /host/proc.",
    advanced: true,
  }),
  sysRoot: folder("/sys").meta({
    title: "Folder of sys",
    description: "Another one when Unity runs in a container: /host/sys.",
    advanced: true,
  }),
  rootPrefix: z
    .string()
    .regex(/^(\/.*[^/])?$/, "Begin with / and end without.")
    .default("")
    .meta({
      title: "Root of the host",
      description: "Where the host's / is seen when Unity runs in a container: /host/root.",
      advanced: true,
    }),
});
export type Config = z.output<typeof config>;
