import { parseDatabaseUrl } from "../../server/db/database-place";
import { openDatabase } from "../../server/db/open";
import { type ChunkStore, openChunkStore } from "../../server/metrics/chunks/chunk-store";
import { folders } from "../../server/places";

/** Chunks in a database that is there, by a clock that the benchmark sets: for times that pass faster than life. */
export async function openClockedStore(
  url: string,
  now: () => number,
): Promise<{ store: ChunkStore; close(): Promise<void> }> {
  const { samples, close } = await openDatabase(parseDatabaseUrl(url), { migrations: folders.migrations });
  const store = await openChunkStore(samples, { name: "chunks", now });
  return {
    store,
    async close() {
      await store.close();
      await close();
    },
  };
}
