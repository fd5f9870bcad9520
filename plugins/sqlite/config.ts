import { z } from "zod";

const path = () => z.string().trim().max(1_000).regex(/^\//, "Begin it with /.");

export const config = z.object({
  paths: z.array(path()).max(100).default([]).meta({
    title: "Databases",
    description: "Files, or patterns: * and ? within a name, ** for any folders.",
    placeholder: "/srv/home-assistant/home-assistant_v2.db",
  }),
  scanDirs: z.array(path()).max(20).default([]).meta({
    title: "Folders to look through",
    description: "For files that end in .db, .sqlite or .sqlite3 and are SQLite databases.",
    placeholder: "/srv",
  }),
  scanDepth: z
    .int()
    .min(0)
    .max(8)
    .default(3)
    .meta({ title: "Depth", description: "How many folders deep.", advanced: true }),
  integrity: z.enum(["off", "quick", "full"]).default("quick").meta({
    title: "Check for damage",
    description: "Quick reads every page; full compares indexes with their tables as well.",
  }),
  integrityIntervalSeconds: z
    .int()
    .min(3_600)
    .max(31_536_000)
    .default(86_400)
    .meta({ title: "Check every", description: "Seconds.", advanced: true }),
  integrityMaxBytes: z.int().min(1_000_000).max(1_099_511_627_776).default(1_073_741_824).meta({
    title: "Largest file to check",
    description: "Bytes. A check reads the whole file.",
    advanced: true,
  }),
  tableCounts: z.boolean().default(false).meta({
    title: "Count rows",
    description: "Of each table, every hour. Reads the smallest index of each.",
    advanced: true,
  }),
  busyTimeoutMs: z
    .int()
    .min(0)
    .max(10_000)
    .default(1_000)
    .meta({ title: "Wait for a lock", description: "Milliseconds.", advanced: true }),
  maxDatabases: z.int().min(1).max(200).default(20).meta({ title: "Databases at most", advanced: true }),
});
export type Config = z.output<typeof config>;
export type ConfigInput = z.input<typeof config>;
