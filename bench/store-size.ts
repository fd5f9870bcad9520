import { parseArgs } from "node:util";
import { END_AT, isSize } from "./load/samples";
import { pause } from "./measure/pause";
import type { Measured } from "./result";
import { fillStore } from "./stores/fill";
import { chooseBenchEngines, openBenchStore } from "./stores/open-bench-store";
import { TIMESCALE_NOTE } from "./stores/open-timescale-bench";

const TARGETS: Readonly<Record<string, number | undefined>> = {
  sqlite: 3,
  postgres: 3,
  mysql: 3.5,
  timescale: 6,
};
const DAY_MS = 86_400_000;

const ROOM_GIVEN_BACK_MS = 35_000;

/**
 * Bytes a sample on the disk, of everything: chunks, indexes, write-ahead rows, rollups. `--size` d1, d10 (10 million samples of 2,000
 * series) or d61.
 */
export async function run(args: readonly string[] = []): Promise<Measured> {
  const { values } = parseArgs({
    args: [...args],
    options: { size: { type: "string", default: "d10" }, engine: { type: "string", multiple: true } },
  });
  const { size } = values;
  if (!isSize(size)) throw new Error(`There is no size ${size}. --size d1, d10 or d61.`);
  const figures: Record<string, number> = {};
  const targets: Record<string, number> = {};
  const engines = chooseBenchEngines(values.engine);
  for (const engine of engines) {
    const bench = await openBenchStore(engine);
    try {
      await fillStore(bench.store, size);
      await bench.store.rollUp(END_AT + DAY_MS);
      await bench.settle?.();
      // Servers give the room of the write-ahead rows back when the store looks around the next time but one.
      if (bench.pid) await pause(ROOM_GIVEN_BACK_MS);
      const { samples, bytes } = await bench.store.stats();
      figures[`${engine}_samples`] = samples;
      figures[`${engine}_mb`] = bytes / 1e6;
      figures[`${engine}_bytes_per_sample`] = bytes / samples;
      const target = TARGETS[engine];
      if (target !== undefined) targets[`${engine}_bytes_per_sample`] = target;
    } finally {
      await bench.close();
    }
  }
  return {
    figures,
    targets,
    notes: [
      "As the database counts its tables, or its file, after a night: everything is rolled up, and compressed or packed where that is due then.",
      ...(engines.includes("timescale") ? [TIMESCALE_NOTE] : []),
    ],
  };
}
