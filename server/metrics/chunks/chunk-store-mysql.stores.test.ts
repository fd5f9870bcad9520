import { join } from "node:path";
import { describeWith } from "../../../scripts/stores/describe-with";
import { openMysql } from "../../db/mysql";
import { createMysqlDatabase } from "../../db/test-servers";
import { folders } from "../../places";
import { describeMetricStore } from "../test-contract";
import { placeOf } from "./test-server-place";

const options = { migrationsFolder: join(folders.migrations, "mysql") };

describeWith("mysql", (server) => {
  for (const eager of [false, true]) {
    describeMetricStore(`MariaDB chunks${eager ? ", sealed at every flush," : ""}`, async () => {
      const database = await createMysqlDatabase(server);
      return placeOf(database, "MariaDB", () => openMysql(database.url, options), eager);
    });
  }
});
