import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openSqliteSamples } from "../../db/sqlite-file";
import { folders } from "../../places";
import { describeMetricStore } from "../test-contract";
import { openChunkStore } from "./chunk-store";

const migrationsFolder = join(folders.migrations, "sqlite-samples");

/** @param chunkSamples short ones: the tests have few samples, and it is the seams that matter @param eager every flush seals */
const place = (chunkSamples: number, eager: boolean) => async () => {
  const folder = await mkdtemp(join(tmpdir(), "unity-chunks-"));
  return {
    async open() {
      const samples = await openSqliteSamples(join(folder, "samples.db"), { migrationsFolder });
      const store = await openChunkStore(samples.engine, { name: "SQLite chunks", chunkSamples });
      return {
        ...store,
        async flush() {
          await store.flush();
          if (eager) await store.seal();
        },
        async close() {
          await store.close();
          await samples.close();
        },
      };
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
};

describeMetricStore("SQLite chunks", place(50, false));
describeMetricStore("SQLite chunks, sealed at every flush,", place(7, true));
