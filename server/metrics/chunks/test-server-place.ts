import type { Connection } from "../../db/database";
import type { TestDatabase } from "../../db/test-servers";
import type { Place } from "../test-subject";
import { openChunkStore } from "./chunk-store";

/** @param eager every flush seals, and chunks are shorter still */
export function placeOf(
  database: TestDatabase,
  name: string,
  connect: () => Promise<Connection>,
  eager: boolean,
): Place {
  return {
    async open() {
      const { engine, close } = await connect();
      const store = await openChunkStore(engine, { name, chunkSamples: eager ? 7 : 50 });
      return {
        ...store,
        async flush() {
          await store.flush();
          if (eager) await store.seal();
        },
        async close() {
          await store.close();
          await close();
        },
      };
    },
    remove: database.drop,
  };
}
