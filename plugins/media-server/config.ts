import { z } from "zod";
import { headerMap, secret, serviceUrl, tlsOptions } from "../sdk";

const TYPES = ["plex", "jellyfin", "emby"] as const;

export const config = z.object({
  type: z.enum(TYPES).meta({ title: "Server" }),
  url: serviceUrl().meta({
    title: "Address",
    description: "Plex listens on port 32400, Jellyfin and Emby on 8096.",
    placeholder: "http://nas.lab:8096",
  }),
  token: secret()
    .regex(/^[\x21\x23-\x7e]+$/, "It has characters that cannot be sent.")
    .meta({ secret: true, title: "Token", description: "X-Plex-Token, or an API key of Jellyfin or Emby." }),
  collectLibraries: z.boolean().default(true).meta({ title: "Libraries", description: "How much is in them." }),
  libraryIntervalSeconds: z
    .int()
    .min(300)
    .max(86_400)
    .default(3_600)
    .meta({ title: "Libraries every", description: "Seconds. Counting a big library takes a while.", advanced: true }),
  perStream: z.boolean().default(false).meta({
    title: "List streams",
    description: "Who watches what, on the page of the instance. Off, only counts leave the server.",
  }),
  hardwareExpected: z.boolean().default(false).meta({
    title: "Hardware transcoding is set up",
    description: "Then a transcode by the processor is worth an alert.",
    advanced: true,
  }),
  maxItems: z.int().min(1).max(500).default(200).meta({ title: "Libraries at most", advanced: true }),
  tls: tlsOptions(),
  headers: headerMap(),
});
export type Config = z.output<typeof config>;
export type ConfigInput = z.input<typeof config>;
