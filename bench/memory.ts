import { execFile } from "node:child_process";
import { join } from "node:path";
import { parseArgs, promisify } from "node:util";
import { NODE_FLAGS, NODE_MEMORY } from "../scripts/start/node-flags.mjs";
import type { Measured } from "./result";
import { openBenchPlace } from "./stores/open-bench-place";
import { chooseEngines } from "./stores/open-bench-store";

const runFile = promisify(execFile);
const TARGETS: Readonly<Record<number, number>> = { 2000: 250, 200000: 600 };

/**
 * What a process needs that keeps `--series` (2000, 200000) of a sample in 10 s, after `--hours` (2) of them in compressed time, with
 * heads as full as in life: a process of its own for each, which is started as the server is.
 */
export async function run(args: readonly string[] = []): Promise<Measured> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      series: { type: "string", multiple: true },
      hours: { type: "string", default: "2" },
      engine: { type: "string", multiple: true },
    },
  });
  const figures: Record<string, number> = {};
  const targets: Record<string, number> = {};
  for (const engine of chooseEngines(values.engine ?? ["sqlite", "postgres"])) {
    for (const series of values.series?.map(Number) ?? [2_000, 200_000]) {
      const place = await openBenchPlace(engine);
      try {
        const measured = await hold(place.url, series, values.hours);
        for (const [figure, value] of Object.entries(measured)) figures[`${engine}_${series}_${figure}`] = value;
        const target = TARGETS[series];
        if (target) targets[`${engine}_${series}_rss_mb`] = target;
      } finally {
        await place.remove();
      }
    }
  }
  const notes = [
    "rss_mb: of the whole process, 20 s after the last sample, without asking the collector. start_rss_mb: of that, before a store was opened.",
  ];
  return { figures, targets, notes };
}

async function hold(url: string, series: number, hours: string): Promise<Record<string, number>> {
  const program = join(import.meta.dirname, "memory", "hold-series.ts");
  const flags = [...NODE_FLAGS, "--import", "tsx"];
  const { stdout } = await runFile(process.execPath, [...flags, program, url, String(series), hours], {
    env: { ...NODE_MEMORY, ...process.env },
  });
  return JSON.parse(stdout);
}
