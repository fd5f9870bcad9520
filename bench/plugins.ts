import { fileURLToPath } from "node:url";
import { collectReadings } from "../plugins/sdk/collect";
import { createMemory } from "../plugins/sdk/memory";
import type { Plugin } from "../plugins/sdk/plugin";
import { createDoors } from "../server/collect/doors/doors";
import { listPluginIds, loadPlugin } from "../server/collect/registry";
import { countDoors } from "./load/counted-doors";
import { type Replayed, replayLargest } from "./load/largest-case";
import { median } from "./measure/percentile";
import { readUsage } from "./measure/process-usage";
import type { Measured } from "./result";

const RUNS = 12;
/** The first ones compile, and read what is read seldom. */
const WARM_UP = 3;
const INTERVAL_MS = 10_000;
const TARGETS = { host_plugins_percent_at_10s: 2 };

/**
 * What a run of each plugin costs. Those that need nothing but this machine read it, with real doors; the others have the largest of their
 * golden cases replayed, which is what reading an answer costs without the network.
 */
export async function run(): Promise<Measured> {
  const folder = fileURLToPath(new URL("../plugins", import.meta.url));
  const figures: Record<string, number> = {};
  let hostCpuMs = 0;
  let hostPlugins = 0;
  for (const id of await listPluginIds(folder)) {
    const loaded = await loadPlugin(folder, id);
    if (!loaded.ok) throw new Error(`${id} does not load: ${loaded.problems.join(" ")}`);
    const real = isAutomatic(loaded.plugin) ? await measureReal(loaded.plugin) : undefined;
    const cost = real ?? (await replayLargest(folder, loaded.plugin, RUNS));
    if (!cost) continue;
    note(figures, id, cost);
    if (!real) continue;
    hostCpuMs += real.cpuMs;
    hostPlugins++;
  }
  figures.host_plugins = hostPlugins;
  figures.host_plugins_percent_at_10s = (100 * hostCpuMs) / INTERVAL_MS;
  const notes = [
    `cpu, wall: milliseconds of a run, tools included, median of ${RUNS}. children: tools started. kb: read from files, tools and the network.`,
    "Plugins that need an address replay the largest of their golden cases: _replayed 1.",
  ];
  return { figures, targets: TARGETS, notes };
}

/** Those that start by themselves: each machine has them. */
const isAutomatic = (plugin: Plugin) => plugin.autostart === true;

function note(figures: Record<string, number>, id: string, cost: Replayed & { replayed?: boolean }): void {
  figures[`${id}_cpu_ms`] = cost.cpuMs;
  figures[`${id}_wall_ms`] = cost.wallMs;
  figures[`${id}_children`] = cost.children;
  figures[`${id}_kb`] = cost.bytes / 1e3;
  figures[`${id}_readings`] = cost.readings;
  if (cost.replayed) figures[`${id}_replayed`] = 1;
}

async function measureReal(plugin: Plugin): Promise<Replayed> {
  const seen: Replayed[] = [];
  const tick = { now: Date.now() };
  // As on a server: the next run knows what the last one kept, and costly parts are read when they are due.
  const memory = createMemory(() => tick.now);
  for (let run = 0; run < WARM_UP + RUNS; run++) {
    tick.now += INTERVAL_MS;
    const one = await runOnce(plugin, tick.now, memory);
    if (run >= WARM_UP) seen.push(one);
  }
  const pick = (value: (one: Replayed) => number) => median(seen.map(value));
  return {
    cpuMs: pick(({ cpuMs }) => cpuMs),
    wallMs: pick(({ wallMs }) => wallMs),
    children: pick(({ children }) => children),
    bytes: pick(({ bytes }) => bytes),
    readings: pick(({ readings }) => readings),
  };
}

async function runOnce(plugin: Plugin, now: number, memory: ReturnType<typeof createMemory>): Promise<Replayed> {
  const { signal } = new AbortController();
  const { doors, close } = createDoors({ signal });
  const counted = countDoors(doors);
  const log = { debug: () => {}, warn: () => {} };
  const tools = readUsage(process.pid).cpuMs - ownCpuMs();
  const cpuBefore = ownCpuMs();
  const startedAt = performance.now();
  const collected = await collectReadings(plugin, { config: {}, doors: counted.doors, now, signal, memory, log });
  const wallMs = performance.now() - startedAt;
  const cpuMs = ownCpuMs() - cpuBefore;
  await close();
  // The kernel adds the time of a tool when it has ended; in steps of 10 ms.
  const toolMs = Math.max(0, readUsage(process.pid).cpuMs - ownCpuMs() - tools);
  const children = counted.children();
  return {
    cpuMs: cpuMs + (children > 0 ? toolMs : 0),
    wallMs,
    children,
    bytes: counted.bytes(),
    readings: collected.readings.length,
  };
}

function ownCpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e3;
}
