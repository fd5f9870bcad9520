import { z } from "zod";
import { headerMap, secret, tlsOptions } from "../sdk";

/** `/run/docker.sock` and `unix:///run/docker.sock` mean the same; the rest is TCP with or without TLS. */
const ENDPOINT = /^(unix:\/\/)?\/.+|^(tcp|https?):\/\/[^/\s]+/;

export const config = z.object({
  endpoint: z
    .string()
    .trim()
    .regex(ENDPOINT, "Write it as unix:///var/run/docker.sock, tcp://host:2376 or http://host:2375.")
    .default("unix:///var/run/docker.sock")
    .meta({
      title: "Endpoint",
      description: "Socket of Docker or Podman, or the address of a socket proxy.",
      placeholder: "unix:///var/run/docker.sock",
    }),
  include: z
    .array(z.string())
    .max(100)
    .default([])
    .meta({ title: "Containers", description: "Names or patterns such as web-*. Empty: all but the excluded." }),
  exclude: z.array(z.string()).max(100).default([]).meta({
    title: "Excluded containers",
    description: "Names or patterns. A container with the label unity.ignore=true is always left out.",
  }),
  includeStopped: z
    .boolean()
    .default(true)
    .meta({ title: "Stopped containers", description: "Needed to notice that one is down." }),
  collectStats: z
    .boolean()
    .default(true)
    .meta({ title: "Resources", description: "CPU, memory, network and disk of each container." }),
  collectDiskUsage: z
    .boolean()
    .default(true)
    .meta({ title: "Disk usage", description: "Images, containers, volumes and build cache." }),
  diskIntervalSeconds: z.int().min(60).max(3_600).default(900).meta({
    title: "Disk usage every",
    description: "The engine needs long to add it up when there are many images and volumes.",
    advanced: true,
  }),
  maxContainers: z.int().min(1).max(500).default(100).meta({ title: "Containers at most", advanced: true }),
  labelAllowlist: z
    .array(z.string())
    .max(20)
    .default(["com.docker.compose.project", "com.docker.compose.service"])
    .meta({
      title: "Labels shown",
      description: "Of each container, in the list. Others are not kept: labels may hold secrets.",
      advanced: true,
    }),
  tls: tlsOptions(),
  clientCertPem: z.string().optional().meta({
    title: "Client certificate",
    description: "PEM text, for tcp://host:2376.",
    format: "multiline",
    advanced: true,
  }),
  clientKeyPem: secret()
    .optional()
    .meta({ secret: true, title: "Client key", description: "PEM text.", format: "multiline", advanced: true }),
  headers: headerMap(),
});
export type Config = z.output<typeof config>;
export type ConfigInput = z.input<typeof config>;
