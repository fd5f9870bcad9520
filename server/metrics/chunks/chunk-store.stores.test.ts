import { join } from "node:path";
import { describeWith } from "../../../scripts/stores/describe-with";
import type { Connection } from "../../db/database";
import { openMysql } from "../../db/mysql";
import { openPostgres } from "../../db/postgres";
import { createMysqlDatabase, createPostgresDatabase, type TestDatabase } from "../../db/test-servers";
import { folders } from "../../places";
import { describeMetricStore } from "../test-contract";
import type { Place } from "../test-subject";
import { openChunkStore } from "./chunk-store";

/** @param eager every flush seals, and chunks are shorter still */
function placeOf(database: TestDatabase, name: string, connect: () => Promise<Connection>, eager: boolean): Place {
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

for (const eager of [false, true]) {
  const how = eager ? ", sealed at every flush," : "";
  describeWith("postgres", (server) => {
    const options = { migrationsFolder: join(folders.migrations, "postgres") };
    describeMetricStore(`PostgreSQL chunks${how}`, async () => {
      const database = await createPostgresDatabase(server);
      return placeOf(database, "PostgreSQL", () => openPostgres(database.url, options), eager);
    });
  });
  describeWith("mysql", (server) => {
    const options = { migrationsFolder: join(folders.migrations, "mysql") };
    describeMetricStore(`MariaDB chunks${how}`, async () => {
      const database = await createMysqlDatabase(server);
      return placeOf(database, "MariaDB", () => openMysql(database.url, options), eager);
    });
  });
}
