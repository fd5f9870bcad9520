import { join } from "node:path";
import { describeWith } from "../../../scripts/stores/describe-with";
import { openPostgres } from "../../db/postgres";
import { createPostgresDatabase } from "../../db/test-servers";
import { folders } from "../../places";
import { describeMetricStore } from "../test-contract";
import { placeOf } from "./test-server-place";

const options = { migrationsFolder: join(folders.migrations, "postgres") };

describeWith("postgres", (server) => {
  for (const eager of [false, true]) {
    describeMetricStore(`PostgreSQL chunks${eager ? ", sealed at every flush," : ""}`, async () => {
      const database = await createPostgresDatabase(server);
      return placeOf(database, "PostgreSQL", () => openPostgres(database.url, options), eager);
    });
  }
});
