import { eq } from "drizzle-orm";
import { z } from "zod";
import type { Connection } from "../db/database";
import type { Log } from "../log";
import { isOpenToOthers, type KeyPlaces, type Keys, makeKeyFile, readAllKeys } from "./read-keys";
import { keyIdsOf, nameRows, readSecretRows } from "./secret-rows";
import { createVault, type Vault } from "./vault";

/** Says in the database which key its secrets are encrypted under, so that nobody begins to use another one beside it. */
export const MARK = "secrets.key";
const Mark = z.object({ id: z.string().regex(/^[0-9a-f]{12}$/) });

export async function readMark({
  db,
  schema: { settings },
}: Pick<Connection, "db" | "schema">): Promise<string | undefined> {
  const [row] = await db.select().from(settings).where(eq(settings.key, MARK));
  return row && parseMark(row.value);
}

/** @param value of the row named `MARK` @throws ZodError for what no Unity wrote */
export const parseMark = (value: unknown): string => Mark.parse(value).id;

/** From now on this key is written with. */
export const setMark = ({ db, dialect, schema: { settings } }: Connection, id: string): Promise<void> =>
  dialect.upsert(db, settings, [{ key: MARK, value: { id } }], [settings.key]);

interface Opening {
  /** The database, for people. */
  readonly shown: string;
  readonly log: Pick<Log, "info" | "warn">;
}

/**
 * Opens what encrypts the secrets of this database; makes a key where there was none yet.
 * @throws Error when the database was encrypted under a key that is not here: what is wrong, where and what to do. Nothing is changed then
 */
export async function openVault(connection: Connection, places: KeyPlaces, { shown, log }: Opening): Promise<Vault> {
  let found = await readAllKeys(places);
  let mark = await readMark(connection);
  if (mark === undefined) {
    mark = await begin(connection, found, log);
    // With the one that was made a moment ago.
    found = await readAllKeys(places);
  }
  const { keys } = found;
  if (!keys.some(({ id }) => id === mark)) throw await explainWrongKey(connection, { found, mark, shown });
  if (found.ownFile && (await isOpenToOthers(found.ownFile)))
    log.warn({ file: found.ownFile }, "others may read the key of the secrets: chmod 600 it");
  if (keys[0]?.id !== mark)
    log.warn(
      { key: keys[0]?.id, former: mark },
      "secrets are still encrypted under the former key: stop Unity and run `unity secrets rotate`",
    );
  return createVault(keys, mark);
}

/** Of several processes that begin at once, the first says which key it is. */
async function begin(connection: Connection, { keys, ownFile, shown }: Keys, log: Opening["log"]): Promise<string> {
  let first = keys[0];
  if (!first && ownFile) {
    [first] = await makeKeyFile(ownFile);
    log.info(
      { file: ownFile, key: first?.id },
      "made the key that secrets are encrypted under: keep a copy of it, apart from those of the database",
    );
  }
  if (!first) throw new Error(`${shown} holds no key.`);
  const { db, dialect, schema } = connection;
  await dialect.insertIgnore(db, schema.settings, [{ key: MARK, value: { id: first.id } }]);
  return (await readMark(connection)) ?? first.id;
}

/** What is wrong, which secrets cannot be read, and what to do. */
export async function explainWrongKey(
  connection: Connection,
  { found, mark, shown }: { found: Keys; mark: string; shown: string },
): Promise<Error> {
  const { keys } = found;
  const mine = new Set(keys.map(({ id }) => id));
  const rows = (await readSecretRows(connection)).filter((row) => keyIdsOf(row).some((id) => !mine.has(id)));
  const has = keys.length > 0 ? `the key ${[...mine].join(" and ")} (${found.shown})` : `none (${found.shown})`;
  const lost = rows.length > 0 ? ` It cannot read those of ${nameRows(rows)}.` : "";
  return new Error(
    `The secrets in ${shown} are encrypted under the key ${mark}, and this Unity has ${has}.${lost} Nothing was changed. ` +
      `Give it that key: copy the file secret.key of the Unity that made it to ${found.ownFile ?? found.shown}, or set UNITY_SECRET_KEY. ` +
      "Every process on one database needs the same. " +
      "If that key is lost, `unity secrets reset` goes on with the one that is here, and secrets are entered anew.",
  );
}
