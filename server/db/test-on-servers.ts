import { join } from "node:path";
import { afterAll, beforeAll } from "vitest";
import { describeWith } from "../../scripts/stores/describe-with";
import { folders } from "../places";
import type { Connection } from "./database";
import { openMysql } from "./mysql";
import { openPostgres } from "./postgres";
import { createMysqlDatabase, createPostgresDatabase, type TestDatabase } from "./test-servers";

const SERVERS = [
  { server: "postgres", name: "PostgreSQL", create: createPostgresDatabase, open: openPostgres },
  { server: "mysql", name: "MariaDB", create: createMysqlDatabase, open: openMysql },
] as const;

/** Runs a contract on a database of its own on each server. `open` gives the same one each time. */
export function describeOnServers(contract: (name: string, open: () => Promise<Connection>) => void): void {
  for (const { server, name, create, open } of SERVERS)
    describeWith(server, (there) => {
      let database: TestDatabase;
      beforeAll(async () => {
        database = await create(there);
      });
      afterAll(() => database.drop());
      contract(name, () => open(database.url, { migrationsFolder: join(folders.migrations, server) }));
    });
}
