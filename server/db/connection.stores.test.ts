import { join } from "node:path";
import { describeWith } from "../../scripts/stores/describe-with";
import { openMysql } from "./mysql";
import { openPostgres } from "./postgres";
import { describeConnection } from "./test-connection-contract";
import { describeSqlEngine } from "./test-engine-contract";
import { createMysqlDatabase, createPostgresDatabase, migrationsRoot } from "./test-servers";

describeWith("postgres", (server) => {
  const open = async () => {
    const database = await createPostgresDatabase(server);
    const connection = await openPostgres(database.url, { migrationsFolder: join(migrationsRoot, "postgres") });
    return { ...connection, close: () => connection.close().then(database.drop) };
  };
  describeConnection("PostgreSQL", open);
  describeSqlEngine("PostgreSQL", open);
});

describeWith("mysql", (server) => {
  const open = async () => {
    const database = await createMysqlDatabase(server);
    const connection = await openMysql(database.url, { migrationsFolder: join(migrationsRoot, "mysql") });
    return { ...connection, close: () => connection.close().then(database.drop) };
  };
  describeConnection("MariaDB", open);
  describeSqlEngine("MariaDB", open);
});
