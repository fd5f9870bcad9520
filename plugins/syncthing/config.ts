import { z } from "zod";
import { headerMap, secret, serviceUrl, tlsOptions } from "../sdk";

export const config = z.object({
  url: serviceUrl()
    .default("http://127.0.0.1:8384")
    .meta({ title: "Address", description: "Of its web interface.", placeholder: "http://127.0.0.1:8384" }),
  apiKey: secret()
    .regex(/^[\x21-\x7e]+$/, "It has characters that cannot be sent.")
    .meta({ secret: true, title: "API key", description: "Actions > Settings > General." }),
  folders: z
    .array(z.string().trim().min(1).max(200))
    .max(100)
    .default([])
    .meta({ title: "Folders", description: "Ids, labels or patterns such as photos-*. Empty: all." }),
  deviceOfflineDays: z.int().min(1).max(365).default(7).meta({
    title: "A device is gone after",
    description: "Days without a connection, unless it is paused.",
    advanced: true,
  }),
  statusIntervalSeconds: z.int().min(30).max(900).default(300).meta({
    title: "Folders every",
    description: "Seconds. Syncthing adds up a big folder for a while.",
    advanced: true,
  }),
  maxItems: z.int().min(1).max(500).default(100).meta({
    title: "Folders and devices at most",
    description: "Of each.",
    advanced: true,
  }),
  tls: tlsOptions(),
  headers: headerMap(),
});
export type Config = z.output<typeof config>;
export type ConfigInput = z.input<typeof config>;
