import { upgradingOf } from "./backup/keep-former";
import { createDatabase } from "./db/create-database";
import { openDatabase } from "./db/open";
import { type Env, readEnv } from "./env";
import { setUpTimescale } from "./metrics/timescale/set-up";
import { WrongUse } from "./move/command";
import { folders } from "./places";
import { readKept } from "./retention/read-kept";

export const DB_USAGE = `unity db init   sets up the database that DATABASE_URL names: makes it, brings its tables to this version, uses TimescaleDB where
                that is there, and says what it did. It may run twice
`;

interface Surroundings {
  readonly env: Record<string, string | undefined>;
  /** For people. */
  readonly screen: { write(text: string): unknown };
  /** The outcome: nothing at a terminal, where all is said already, else JSON. */
  readonly out: { readonly isTTY?: boolean; write(text: string): unknown };
}

/** What was done, for programs. */
interface Outcome {
  database: string;
  version: string;
  created: boolean;
  migrations: number;
  timescale: boolean | null;
  instances: number;
}

/** @throws WrongUse; Error that says what to do */
export async function runDb(args: readonly string[], { env, screen, out }: Surroundings): Promise<void> {
  const [command = "", more] = args;
  if (command !== "init")
    throw new WrongUse(command ? `There is no "unity db ${command}".` : "What shall be done with the database?");
  if (more) throw new WrongUse(`"${more}" is one word too many.`);
  const known = readEnv(env);
  const say = (line: string) => void screen.write(`${line}\n`);
  say(known.database.shown);
  const outcome = await init(known, (line) => say(`  ${line}`));
  say("Ready. Unity uses it when DATABASE_URL is set as it is now.");
  if (!out.isTTY) out.write(`${JSON.stringify(outcome)}\n`);
}

async function init(env: Env, say: (line: string) => void): Promise<Outcome> {
  const { database: place, samples } = env;
  const created = place.kind !== "sqlite" && (await createDatabase(place));
  if (place.kind !== "sqlite")
    say(created ? `The database ${place.database} was missing and is created.` : "The database is there.");
  const { connection, migrated, integrityCheck, close } = await openDatabase(place, {
    migrations: folders.migrations,
    ...upgradingOf(env),
  });
  try {
    const migrations = migrated.reduce((sum, one) => sum + one.applied, 0);
    say(connection.version);
    say(migrations === 0 ? "Nothing was missing." : `Migrations applied: ${migrations}.`);
    for (const { backup, archive } of migrated)
      if (backup) say(`A copy from before is kept: ${[backup, archive].filter(Boolean).join(" and ")}.`);
    const timescale = place.kind === "postgres" && samples === "auto" ? await provideTimescale(connection, say) : null;
    const { db, schema } = connection;
    const instances = (await db.select({ id: schema.plugins.id }).from(schema.plugins)).length;
    const found = await integrityCheck();
    if (found !== "ok") throw new Error(`${place.shown} is damaged: ${found}. Restore a copy.`);
    say(`It answers. Instances: ${instances}.`);
    return { database: place.shown, version: connection.version, created, migrations, timescale, instances };
  } finally {
    await close();
  }
}

type Connection = Awaited<ReturnType<typeof openDatabase>>["connection"];

async function provideTimescale(connection: Connection, say: (line: string) => void): Promise<boolean> {
  const { steps, usable } = await setUpTimescale(connection.engine, { policies: await readKept(connection) });
  for (const { step, outcome, detail } of steps) say(`${outcome.padEnd(7)} ${step}: ${detail}`);
  say(usable ? "Samples are kept in TimescaleDB." : "Samples are kept in Unity's own chunks, which need no extension.");
  return usable;
}
