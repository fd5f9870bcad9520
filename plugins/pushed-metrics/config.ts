import { z } from "zod";

const patterns = () => z.array(z.string().trim().min(1).max(150)).max(100);

/** What Telegraf counts up. Its format says nothing of kinds. */
const COUNTED_BY_TELEGRAF = [
  "net_bytes_*",
  "net_packets_*",
  "net_err_*",
  "net_drop_*",
  "diskio_reads",
  "diskio_writes",
  "diskio_*_bytes",
  "diskio_*_time",
];

export const config = z.object({
  token: z.string().trim().max(100).default("").meta({
    title: "Token",
    description: "Name of the API token that is pushed with, whose scope is send. Empty: as the instance is called.",
  }),
  silentMinutes: z
    .int()
    .min(1)
    .max(10_080)
    .default(5)
    .meta({ title: "Silent after (minutes)", description: "When nothing came for so long, something is wrong." }),
  maxSeries: z.int().min(1).max(50_000).default(5_000).meta({
    title: "Series at most",
    description: "Of more, the first ones are kept. Each takes memory and place for as long as the instance is there.",
  }),
  include: patterns().default([]).meta({
    title: "Only these metrics",
    description: "Names as they are pushed; * stands for anything, as node_memory_*. Empty: all.",
  }),
  exclude: patterns().default([]).meta({ title: "Not these metrics", description: "Names; * stands for anything." }),
  counters: patterns().default(COUNTED_BY_TELEGRAF).meta({
    title: "Counters",
    description:
      "Names of totals that only grow, where the format does not say so (Influx, and what Prometheus does not call _total): their rate is kept.",
    advanced: true,
  }),
});
export type Config = z.output<typeof config>;
