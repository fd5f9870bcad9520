import { z } from "zod";
import { parseTarget } from "./ping-answer";

export const config = z.object({
  interfaces: z.array(z.string()).max(100).default([]).meta({
    title: "Interfaces",
    description: "Names or patterns such as en*. Empty: all but the excluded. When given, nothing is excluded.",
  }),
  exclude: z
    .array(z.string())
    .max(100)
    .default(["lo", "veth*", "docker*", "br-*", "cni*", "flannel*", "cali*", "ifb*"])
    .meta({ title: "Excluded interfaces", description: "Names or patterns." }),
  pingTargets: z
    .array(z.string().refine((text) => parseTarget(text) !== undefined, "Use gateway, a host, or host:port."))
    .max(20)
    .default(["gateway"])
    .meta({
      title: "Ping targets",
      description: "gateway is the default route's router. A host is pinged; host:port is connected to over TCP.",
    }),
  pingTimeoutMs: z.int().min(100).max(5_000).default(1_000).meta({
    title: "Ping time-out",
    description: "How long an answer may take.",
    advanced: true,
  }),
  includeConnections: z
    .boolean()
    .default(true)
    .meta({ title: "TCP connections", description: "How many there are in each state." }),
  maxItems: z.int().min(1).max(1_000).default(200).meta({ title: "Interfaces at most", advanced: true }),
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
