import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openSqliteSamples } from "./sqlite-file";
import { describeSqlEngine } from "./test-engine-contract";

const migrationsFolder = join(import.meta.dirname, "../../drizzle/migrations/sqlite-samples");

test("in a large file, sizes are estimated about right", { timeout: 60_000 }, async () => {
  const folder = await mkdtemp(join(tmpdir(), "unity-sizes-"));
  const { engine, close } = await openSqliteSamples(join(folder, "samples.db"), { migrationsFolder });
  const data = (bytes: number) => new Uint8Array(bytes).fill(1);
  const chunks = Array.from({ length: 45_000 }, (_, at) => [at % 50, at, at, 1, 0, 0, 0, 0, data(900 + (at % 1_000))]);
  const rollups = Array.from({ length: 1_500 }, (_, at) => [3_600, at % 50, at, 1, data(6_000)]);
  await engine.transaction([
    {
      into: "plugin_metrics_chunk",
      columns: ["series", "start_at", "end_at", "samples", "sum", "min", "max", "last", "data"],
      rows: chunks,
    },
    { into: "plugin_metrics_rollup_chunk", columns: ["tier", "series", "start_at", "buckets", "data"], rows: rollups },
  ]);
  const tables = ["plugin_metrics_chunk", "plugin_metrics_rollup_chunk", "hologram"];
  const [chunkBytes = 0, rollupBytes = 0, none] = await engine.sizes(tables);
  const exact = await engine.query(
    `select sum(pages.pgsize) from sqlite_schema as thing
     join dbstat as pages on pages.name = thing.name and pages.aggregate = true
     where thing.tbl_name in (?, ?) group by thing.tbl_name order by thing.tbl_name`,
    tables.slice(0, 2),
  );
  expect(none).toBe(0);
  expect(chunkBytes / Number(exact[0]?.[0])).toBeCloseTo(1, 1);
  expect(rollupBytes / Number(exact[1]?.[0])).toBeGreaterThan(0.7);
  expect(rollupBytes / Number(exact[1]?.[0])).toBeLessThan(1.4);
  await close();
  await rm(folder, { recursive: true, force: true });
});

describeSqlEngine("SQLite", async () => {
  const folder = await mkdtemp(join(tmpdir(), "unity-samples-"));
  const { engine, close } = await openSqliteSamples(join(folder, "samples.db"), { migrationsFolder });
  return {
    engine,
    async close() {
      await close();
      await rm(folder, { recursive: true, force: true });
    },
  };
});
