import { expect } from "vitest";
import { createDoors } from "../../server/collect/doors/doors";
import { validateReadings } from "../../server/collect/validate";
import { collectReadings } from "../sdk/collect";
import { createMemory } from "../sdk/memory";
import plugin from ".";

/** For tests only: one run against the real world, without retries unless the test wants them. */
export async function collect(config: Record<string, unknown>) {
  const { signal } = new AbortController();
  const { doors, close } = createDoors({ signal });
  const now = Date.now();
  const startedAt = performance.now();
  const collected = await collectReadings(plugin, {
    config: { retries: 0, ...config },
    doors,
    now,
    signal,
    memory: createMemory(() => now),
    log: { debug: () => {}, warn: () => {} },
  });
  await close();
  expect(validateReadings(plugin, collected.readings).remarks).toEqual([]);
  const value = (metric: string, ...labels: string[]) => {
    const found = collected.readings.find(
      (reading) => reading.metric === metric && labels.every((label) => Object.values(reading.labels).includes(label)),
    );
    return typeof found?.value === "number" ? found.value : undefined;
  };
  const causes = collected.readings
    .filter(({ metric }) => metric === "http_probe_failure")
    .map(({ labels }) => labels.reason);
  const row = collected.inventory?.lists?.endpoints?.[0] ?? {};
  return { ...collected, value, causes, row, elapsedMs: performance.now() - startedAt };
}
