import { z } from "zod";
import { headerMap, secret, serviceUrl, tlsOptions } from "../sdk";

export const TYPES = ["qbittorrent", "transmission", "deluge", "sabnzbd", "nzbget", "aria2"] as const;
export type Type = (typeof TYPES)[number];

export const config = z
  .object({
    type: z.enum(TYPES).meta({ title: "Program" }),
    url: serviceUrl().meta({
      title: "Address",
      description: "Of its web interface; usual ports are 8080, 9091, 8112, 8080, 6789 and 6800.",
      placeholder: "http://nas.lab:8080",
    }),
    username: z
      .string()
      .trim()
      .max(200)
      .optional()
      .meta({ title: "User", description: "qBittorrent, Transmission and NZBGet." }),
    password: secret().optional().meta({
      secret: true,
      title: "Password",
      description: "qBittorrent, Transmission, Deluge (of its web interface) and NZBGet.",
    }),
    apiKey: secret()
      .optional()
      .meta({ secret: true, title: "API key", description: "SABnzbd, and qBittorrent from 5.2 on." }),
    rpcSecret: secret().optional().meta({ secret: true, title: "RPC secret", description: "aria2." }),
    rpcPath: z
      .string()
      .trim()
      .regex(/^\/[^\s?#]*$/, "Write it as /transmission/rpc.")
      .default("/transmission/rpc")
      .meta({ title: "RPC path", description: "Transmission.", advanced: true }),
    perItem: z.boolean().default(false).meta({
      title: "Name each item",
      description: "Progress by name. Off, only counts and totals leave the program.",
    }),
    maxItems: z.int().min(1).max(1_000).default(200).meta({ title: "Items at most", advanced: true }),
    tls: tlsOptions(),
    headers: headerMap(),
  })
  .superRefine(({ type, username, password, apiKey, rpcSecret }, issues) => {
    const tell = (field: string, message: string) => issues.addIssue({ code: "custom", message, path: [field] });
    if (type === "sabnzbd" && apiKey === undefined)
      tell("apiKey", "SABnzbd wants its API key: Config > General > API Key.");
    if (type === "deluge" && password === undefined)
      tell("password", "Deluge wants the password of its web interface.");
    for (const [field, value] of Object.entries({ apiKey, rpcSecret }))
      if (value !== undefined && /[^\x21-\x7e]/.test(value)) tell(field, "It has characters that cannot be sent.");
    if (username?.includes(":")) tell("username", "A user with a colon cannot be sent.");
  });
export type Config = z.output<typeof config>;
export type ConfigInput = z.input<typeof config>;
