import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { Case } from "../../plugins/sdk/golden-case";
import type { Plugin } from "../../plugins/sdk/plugin";
import { replayCase } from "../../plugins/sdk/replay";
import { listCases } from "../../server/collect/plugin-folder";
import { median } from "../measure/percentile";

/** What one run costs. */
export interface Replayed {
  readonly cpuMs: number;
  readonly wallMs: number;
  readonly children: number;
  readonly bytes: number;
  readonly readings: number;
}

/** Replays the case with the most readings. @returns undefined when no case has any */
export async function replayLargest(
  folder: string,
  plugin: Plugin,
  runs: number,
): Promise<(Replayed & { replayed: true }) | undefined> {
  let largest: { file: string; recorded: Case } | undefined;
  for (const name of await listCases(folder, plugin.id)) {
    const file = join(folder, plugin.id, "cases", `${name}.json`);
    const recorded = Case.parse(JSON.parse(await readFile(file, "utf8")));
    if (recorded.expect.readings.length > (largest?.recorded.expect.readings.length ?? 0)) largest = { file, recorded };
  }
  if (!largest) return undefined;
  const { recorded, file } = largest;
  const cpu: number[] = [];
  const wall: number[] = [];
  for (let run = 0; run < runs; run++) {
    const before = process.cpuUsage();
    const startedAt = performance.now();
    await replayCase(plugin, recorded);
    wall.push(performance.now() - startedAt);
    const { user, system } = process.cpuUsage(before);
    cpu.push((user + system) / 1e3);
  }
  return {
    cpuMs: median(cpu),
    wallMs: median(wall),
    children: recorded.world.exec.length,
    bytes: (await stat(file)).size,
    readings: recorded.expect.readings.length,
    replayed: true,
  };
}
