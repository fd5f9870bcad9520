import { upgradingOf } from "../server/backup/keep-former";
import { createDatabase } from "../server/db/create-database";
import { openDatabase } from "../server/db/open";
import { readEnv } from "../server/env";
import { setUpTimescale } from "../server/metrics/timescale/set-up";
import { folders } from "../server/places";
import { readKept } from "../server/retention/read-kept";
import { runScript } from "./plugin-arguments";
import { step } from "./tasks/progress.mjs";

/** `npm run db:init`: sets up what DATABASE_URL names, and says what it did. It may run twice. */
await runScript(async () => {
  const env = readEnv(process.env);
  const { database: place, samples } = env;
  const say = (line: string) => process.stdout.write(`  ${line}\n`);
  process.stdout.write(`${place.shown}\n`);
  if (place.kind !== "sqlite") {
    await step("Looking for the database", async () => {
      const created = await createDatabase(place);
      say(created ? `The database ${place.database} was missing and is created.` : "The database is there.");
    });
  }
  const opened = await step("Bringing its tables to this version", async () => {
    const { connection, migrated, integrityCheck, close } = await openDatabase(place, {
      migrations: folders.migrations,
      ...upgradingOf(env),
    });
    const applied = migrated.reduce((sum, one) => sum + one.applied, 0);
    say(connection.version);
    say(applied === 0 ? "Nothing was missing." : `Migrations applied: ${applied}.`);
    for (const { backup, archive } of migrated)
      if (backup) say(`A copy from before is kept: ${[backup, archive].filter(Boolean).join(" and ")}.`);
    return { connection, integrityCheck, close };
  });
  try {
    if (place.kind === "postgres" && samples === "auto") {
      await step("Setting up TimescaleDB", async () => {
        const policies = await readKept(opened.connection);
        const { steps, usable } = await setUpTimescale(opened.connection.engine, { policies });
        for (const { step, outcome, detail } of steps) say(`${outcome.padEnd(7)} ${step}: ${detail}`);
        say(
          usable
            ? "Samples are kept in TimescaleDB."
            : "Samples are kept in Unity's own chunks, which need no extension.",
        );
      });
    }
    await step("Asking it", async () => {
      const { db, schema } = opened.connection;
      const instances = (await db.select({ id: schema.plugins.id }).from(schema.plugins)).length;
      const found = await opened.integrityCheck();
      if (found !== "ok") throw new Error(`${place.shown} is damaged: ${found}. Restore a copy.`);
      say(`It answers. Instances: ${instances}.`);
    });
  } finally {
    await opened.close();
  }
  process.stdout.write("Ready. npm start uses it when DATABASE_URL is set as it is now.\n");
  return true;
});
