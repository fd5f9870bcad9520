import { join } from "node:path";
import { afterAll, beforeAll } from "vitest";
import { describeWith } from "../../scripts/stores/describe-with";
import { openMysql } from "../db/mysql";
import { openPostgres } from "../db/postgres";
import { createMysqlDatabase, createPostgresDatabase, type TestDatabase } from "../db/test-servers";
import { folders } from "../places";
import { describeStoredState } from "./test-stored-state";

describeWith("postgres", (server) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createPostgresDatabase(server);
  });
  afterAll(() => database.drop());
  describeStoredState("PostgreSQL", () =>
    openPostgres(database.url, { migrationsFolder: join(folders.migrations, "postgres") }),
  );
});

describeWith("mysql", (server) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createMysqlDatabase(server);
  });
  afterAll(() => database.drop());
  describeStoredState("MariaDB", () =>
    openMysql(database.url, { migrationsFolder: join(folders.migrations, "mysql") }),
  );
});
