import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { SqlEngine, Step } from "../../db/sql-engine";
import { openSqliteSamples } from "../../db/sqlite-file";
import { folders } from "../../places";
import { DAY_0 } from "../test-subject";
import { openChunkStore } from "./chunk-store";

export interface Disk {
  full: boolean;
  /** Called before every transaction. */
  before?: ((steps: readonly Step[]) => Promise<void> | void) | undefined;
  /** Called when it is committed, before anybody is told. */
  after?: ((steps: readonly Step[]) => Promise<void> | void) | undefined;
}

/** A database of its own, with a disk that does what the test says. */
export async function withDatabase(work: (engine: SqlEngine, disk: Disk) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "unity-faults-"));
  const file = await openSqliteSamples(join(folder, "samples.db"), {
    migrationsFolder: join(folders.migrations, "sqlite-samples"),
  });
  const disk: Disk = { full: false };
  const engine: SqlEngine = {
    ...file.engine,
    async transaction(steps) {
      if (disk.full) throw new Error("database or disk is full");
      await disk.before?.(steps);
      const changes = await file.engine.transaction(steps);
      await disk.after?.(steps);
      return changes;
    },
  };
  try {
    await work(engine, disk);
  } finally {
    await file.close();
    await rm(folder, { recursive: true, force: true });
  }
}

export const open = (engine: SqlEngine, chunkSamples = 720) => openChunkStore(engine, { name: "SQLite", chunkSamples });
export const rows = (series: number, count: number, from = DAY_0) => ({
  series: new Array<number>(count).fill(series),
  at: Array.from({ length: count }, (_, index) => from + index),
  value: Array.from({ length: count }, (_, index) => index),
});
export const seals = (steps: readonly Step[]) =>
  steps.some((step) => "into" in step && step.into === "plugin_metrics_chunk");
