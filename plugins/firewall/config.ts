import { z } from "zod";
import { headerMap, secret, serviceUrl, tlsOptions } from "../sdk";

const TYPES = ["auto", "nftables", "iptables", "ufw", "firewalld", "opnsense", "pfsense"] as const;
const text = (max: number) => z.string().trim().min(1).max(max);
const path = text(1_000).regex(/^\/[^\0]*$/, "Begin it with /.");

export const config = z
  .object({
    type: z.enum(TYPES).default("auto").meta({
      title: "Firewall",
      description: "Auto: what this machine has. OPNsense and pfSense are asked over the network.",
    }),
    url: serviceUrl().optional().meta({
      title: "Address",
      description: "Of OPNsense or pfSense.",
      placeholder: "https://192.168.1.1",
    }),
    apiKey: secret().optional().meta({ secret: true, title: "API key", description: "Of OPNsense or pfSense." }),
    apiSecret: secret().optional().meta({ secret: true, title: "API secret", description: "Of OPNsense." }),
    username: text(200)
      .optional()
      .meta({ title: "User", description: "Of pfSense, instead of a key.", advanced: true }),
    password: secret().optional().meta({ secret: true, title: "Password", advanced: true }),
    tls: tlsOptions(),
    headers: headerMap(),
    useSudo: z.boolean().default(false).meta({
      title: "Use sudo",
      description: "Only root may list rules. The plugin's page has the lines for sudoers.",
    }),
    logSource: z.enum(["none", "journal", "file"]).default("none").meta({
      title: "Blocked packets",
      description: "Where the kernel's log is read, if the firewall logs what it blocks.",
    }),
    logFiles: z
      .array(path)
      .min(1)
      .max(20)
      .default(["/var/log/ufw.log", "/var/log/kern.log"])
      .meta({ title: "Log files", description: "The first of them that exists is read.", advanced: true }),
    topBlocked: z.int().min(1).max(200).default(20).meta({
      title: "Blocked addresses",
      description: "So many of the busiest are shown.",
      advanced: true,
    }),
    watchCounters: z.array(text(200)).max(100).default([]).meta({
      title: "Counters",
      description: "Of nftables, by name or pattern. Empty: all.",
      placeholder: "ssh_*",
      advanced: true,
    }),
    maxItems: z.int().min(1).max(1_000).default(200).meta({ title: "Chains and interfaces at most", advanced: true }),
  })
  .superRefine(({ type, url, apiKey, apiSecret, username, password }, issues) => {
    const tell = (field: string, message: string) => issues.addIssue({ code: "custom", path: [field], message });
    const isAppliance = type === "opnsense" || type === "pfsense";
    if (isAppliance && url === undefined) tell("url", "The firewall needs an address.");
    if (!isAppliance && url !== undefined) tell("type", "An address belongs to OPNsense or pfSense.");
    if (type === "opnsense" && (apiKey === undefined || apiSecret === undefined))
      tell("apiKey", "OPNsense wants a key and its secret.");
    if (type === "pfsense" && apiKey === undefined && (username === undefined || password === undefined))
      tell("apiKey", "pfSense wants a key, or a user and password.");
  });
export type Config = z.output<typeof config>;
export type ConfigInput = z.input<typeof config>;
