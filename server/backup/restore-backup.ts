import { dirname } from "node:path";
import { makeFolder } from "../db/make-folder";
import { openSnapshot, type Snapshot } from "../db/snapshot";
import type { Log } from "../log";
import type { Filled } from "../move/fill-target";
import { importArchive } from "../move/import-archive";
import { type Moving, readMoving } from "../move/moving";
import { closeEnd, type End, openTarget, showEnd } from "../move/open-ends";
import type { Piece } from "../move/piece";
import { OF_THE_ENGINE } from "../move/read-rows";
import { listTables } from "../move/tables";
import type { Stores } from "../open-stores";
import { folders } from "../places";
import type { createSealer } from "../stored-secrets";
import { MARK, openVault } from "../vault/open-vault";
import { type KeyPlaces, readAllKeys } from "../vault/read-keys";
import { nameRows } from "../vault/secret-rows";
import type { Vault } from "../vault/vault";
import type { OpenBackupFile } from "./check-backup";
import { changeRows, leaveOutSecrets, openFromArchive, type RowSecrets, takePlainSecrets } from "./row-secrets";
import type { Unlocked } from "./unlock-backup";

interface Restoring {
  readonly archive: OpenBackupFile;
  readonly unlocked: Unlocked;
  readonly keys: KeyPlaces;
  /** Knows which settings are secret. */
  readonly plugin: Parameters<typeof createSealer>[0]["plugin"];
  /** On PostgreSQL: "auto" uses TimescaleDB where it is. */
  readonly samples: "auto" | "chunks";
  readonly log: Pick<Log, "info" | "warn">;
  readonly signal?: AbortSignal | undefined;
  begins?(moving: Moving): void;
  took?(piece: Piece, bytes: number): void;
}

export interface Restored extends Filled {
  /** For people: whose secrets could not be read; "" where all could. */
  readonly lost: string;
}

/**
 * Puts a backup into an empty database, which is created where it is missing; goes on where an earlier one of the same backup was
 * interrupted. Its secrets are encrypted anew, under the key that is here.
 * @throws DatabaseInUse, or Error when it is not empty: nothing is changed then
 */
export async function restoreBackup(end: End, restoring: Restoring): Promise<Restored> {
  await lookBefore(end, restoring);
  // On a machine where Unity was never started, its key is made there.
  await makeFolder(dirname(restoring.keys.ownFile));
  const target = await openTarget(end, restoring);
  try {
    return await fill(target, end, restoring);
  } finally {
    await closeEnd(target);
  }
}

/** Opening it would bring the tables of an older version to this one's. */
async function lookBefore(end: End, { archive: { header } }: Restoring): Promise<void> {
  const snapshot = await openSnapshot(end.database, { migrations: folders.migrations });
  if (!snapshot) return;
  try {
    await requireEmpty(snapshot, { id: header.id, end });
  } finally {
    await snapshot.close();
  }
}

async function fill(
  target: Stores,
  end: End,
  { archive, unlocked, keys, plugin, log, signal, begins, took }: Restoring,
): Promise<Restored> {
  const { connection } = target;
  // Once more: now nobody else can change it.
  await requireEmpty(connection, { id: archive.header.id, end });
  const vault = await openVault(connection, keys, { shown: showEnd(end), log });
  const secrets = await chooseSecrets(unlocked, { vault, keys, plugin });
  const tables = new Map(listTables(connection.schema).map((table) => [table.name, table]));

  const filled = await importArchive(target, {
    ...{ merge: false, shown: showEnd(end), signal },
    archive: { ...archive, pieces: (passed) => changed(archive.pieces(passed)) },
    ...(begins && { begins }),
    ...(took && { took }),
  });
  return { ...filled, lost: nameRows(secrets.lost()) };

  async function* changed(pieces: AsyncIterable<Piece>): AsyncGenerator<Piece> {
    for await (const piece of pieces)
      yield piece.kind === "rows"
        ? { ...piece, rows: changeRows(tables.get(piece.table), piece.rows, secrets) }
        : piece;
  }
}

async function chooseSecrets(
  unlocked: Unlocked,
  { vault, keys, plugin }: Pick<Restoring, "keys" | "plugin"> & { vault: Vault },
): Promise<RowSecrets> {
  if (unlocked.kind === "none") return leaveOutSecrets(plugin);
  if (unlocked.kind === "plain") return takePlainSecrets({ vault, plugin });
  const own = await readAllKeys(keys);
  return openFromArchive({ keys: [unlocked.key, ...own.keys], writing: vault.keyId });
}

/** Of the settings, what a database has before anybody set anything. */
const isOwn = (key: string) => key === MARK || OF_THE_ENGINE.test(key);

/** A part of the same backup is no obstacle: it goes on there. @throws Error that says what is there, and what to do */
async function requireEmpty(
  connection: Pick<Snapshot, "db" | "schema">,
  { id, end }: { id: string; end: End },
): Promise<void> {
  const { db, schema } = connection;
  const moving = await readMoving(connection);
  if (moving?.header.id === id) return;
  const how =
    end.database.kind === "sqlite"
      ? "Stop Unity and move the files of that database away, or name another one with --to"
      : "Name another database with --to, which is created";
  const refuse = (what: string) => new Error(`${showEnd(end)} is not empty: it has ${what}. ${how}.`);
  if (moving) throw refuse("a part of another archive, which was not finished");
  for (const { name, table } of listTables(schema)) {
    if (table === schema.settings) continue;
    if ((await db.select().from(table).limit(1)).length > 0) throw refuse(`rows in ${name}`);
  }
  const set = (await db.select({ key: schema.settings.key }).from(schema.settings)).find(({ key }) => !isOwn(key));
  if (set) throw refuse(`the setting ${set.key}`);
}
