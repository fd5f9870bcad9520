import type { DatabasePlace } from "../db/database-place";
import type { MetricsPlace } from "../metrics/victoriametrics/metrics-url";
import { type BackupHeader, type Header, NEWEST_FORMAT, type Piece, type Totals } from "../move/piece";
import { readSource } from "../move/read-source";
import { listTables, RUNS } from "../move/tables";
import type { Secret } from "../secrets";
import type { createSealer } from "../stored-secrets";
import { type Key, sign } from "../vault/key";
import { readMark } from "../vault/open-vault";
import { type KeyPlaces, readAllKeys } from "../vault/read-keys";
import { nameRows } from "../vault/secret-rows";
import { deriveKey, makeRecipe } from "./archive-key";
import { encodeArchive } from "./encode-archive";
import { type Instant, openInstant } from "./open-instant";
import { changeRows, leaveOutSecrets, type RowSecrets, sealForArchive } from "./row-secrets";

/** What becomes of secrets in an archive. */
export type SecretsChoice =
  | { readonly kind: "none" }
  | { readonly kind: "kept" }
  | { readonly kind: "passphrase"; readonly passphrase: Secret };

/** What is backed up. */
export interface Installation {
  readonly database: DatabasePlace;
  /** Where its samples are, when not in the database. */
  readonly metrics: MetricsPlace | undefined;
  readonly keys: KeyPlaces;
  /** Knows which of its settings are secret. */
  readonly plugin: Parameters<typeof createSealer>[0]["plugin"];
}

export interface BackupWanted {
  readonly secrets: SecretsChoice;
  /** The list of runs, which is long and of interest for a week. */
  readonly runs: boolean;
  readonly signal?: AbortSignal | undefined;
  wrote?(piece: Piece): void;
}

export interface Backup {
  readonly header: Header & { readonly backup: BackupHeader };
  /** The archive from its first byte to its last; once. @throws StoreUnavailable; the signal's reason */
  bytes(): AsyncGenerator<Uint8Array>;
  /** What is in it, when all bytes were read. */
  totals(): Totals | undefined;
  /** For people: whose secrets could not be read; "" where all could. */
  lost(): string;
  /** Also of one that was not read to its end. */
  close(): Promise<void>;
}

/**
 * Opens an installation as it is at this moment, to be read as one archive while Unity goes on. Whoever opens it closes it: until then a
 * server keeps what was deleted meanwhile.
 * @throws Error when it cannot be read, or its secrets are under a key that is not here
 */
export async function openBackup(installation: Installation, wanted: BackupWanted): Promise<Backup> {
  const instant = await openInstant(installation, wanted);
  try {
    return await readInstant(instant, installation, wanted);
  } catch (error) {
    await instant.close();
    throw error;
  }
}

/** As `openBackup`, of what is open already, and is closed with it. */
export async function readInstant(
  instant: Instant,
  installation: Installation,
  { secrets: choice, runs, signal, wrote }: BackupWanted,
): Promise<Backup> {
  const secrets = await openSecrets(choice, instant, installation);
  const tables = new Map(listTables(instant.connection.schema).map((table) => [table.name, table]));
  if (!runs) tables.delete(RUNS);
  const header: Backup["header"] = {
    ...instant.header,
    format: NEWEST_FORMAT,
    backup: {
      parts: "all",
      tables: Object.fromEntries([...tables].map(([name, { columns }]) => [name, Object.keys(columns)])),
      secrets: secrets.described,
    },
  };
  let totals: Totals | undefined;

  async function* pieces(): AsyncGenerator<Piece> {
    let left = 0;
    for await (const found of readSource(instant, { header, signal })) {
      let piece: Piece = found;
      if (found.kind === "rows") {
        const rows = changeRows(tables.get(found.table), found.rows, secrets.rows);
        left += found.rows.length - rows.length;
        if (rows.length === 0) continue;
        piece = { ...found, rows };
      } else if (found.kind === "end") {
        totals = { ...found.totals, rows: found.totals.rows - left };
        piece = { ...found, totals };
      }
      yield piece;
      wrote?.(piece);
    }
  }

  const { signer } = secrets;
  return {
    header,
    bytes: () =>
      encodeArchive(pieces(), {
        startsNow: instant.startsNow,
        ...(signer && { sign: (text) => sign(signer, text) }),
      }),
    totals: () => totals,
    lost: () => nameRows(secrets.rows.lost()),
    close: instant.close,
  };
}

interface ChosenSecrets {
  readonly described: BackupHeader["secrets"];
  readonly rows: RowSecrets;
  readonly signer?: Key;
}

async function openSecrets(
  choice: SecretsChoice,
  { connection }: Instant,
  { database: { shown }, keys: places, plugin }: Installation,
): Promise<ChosenSecrets> {
  if (choice.kind === "none") return { described: { kind: "none" }, rows: leaveOutSecrets(plugin) };
  const mark = await readMark(connection);
  if (mark === undefined)
    throw new Error(`Nothing is encrypted in ${shown} yet: start Unity on it once, then back it up.`);
  const { keys, shown: shownKey } = await readAllKeys(places);
  const own = keys.find(({ id }) => id === mark);
  if (!own)
    throw new Error(
      `The secrets in ${shown} are encrypted under the key ${mark}, which is not here (${shownKey}). Give this command the key that Unity runs with, or leave secrets out of the backup.`,
    );
  if (choice.kind === "kept")
    return {
      described: { kind: "kept", key: mark },
      rows: sealForArchive({ keys, writing: own, plugin }),
      signer: own,
    };
  const recipe = makeRecipe();
  const key = await deriveKey(choice.passphrase, recipe);
  return {
    described: { kind: "passphrase", key: key.id, ...recipe },
    rows: sealForArchive({ keys: [key, ...keys], writing: key, plugin }),
    signer: key,
  };
}
