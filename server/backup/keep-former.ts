import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { v7 as createId } from "uuid";
import { postgres } from "../../drizzle/dialects/postgres";
import { defineSchema } from "../../drizzle/schema";
import { version } from "../../package.json";
import type { Former, FormerTable, KeepFormer } from "../db/former-tables";
import { GO_WITHOUT } from "../db/go-without";
import { makeFolder } from "../db/make-folder";
import type { Upgrading } from "../db/open";
import type { Env } from "../env";
import { messageOf } from "../errors";
import type { Log } from "../log";
import { type Header, NEWEST_FORMAT, type Piece } from "../move/piece";
import { LEFT_OUT, listTables, RUNS } from "../move/tables";
import { type Key, sign } from "../vault/key";
import { MARK, parseMark } from "../vault/open-vault";
import { type KeyPlaces, readAllKeys } from "../vault/read-keys";
import { encodeArchive } from "./encode-archive";
import { changeRows, sealForArchive } from "./row-secrets";
import { saveFile } from "./save-file";

/** Of the newest three updates; older ones go when another is there. */
const KEPT = 3;
/** When, and of which tables: an update that fails and is tried again is one. */
const nameOf = (now: Date, level: number) =>
  `unity.before-${now.toISOString().replace(/[:.]/g, "-")}.${level.toString(36)}.unity`;
const NAME = /^unity\.before-[\dTZ-]+\.([0-9a-z]+)\.unity$/;

/** What an update of this environment's database does before it changes anything. @param log hears what it goes on without */
export const upgradingOf = (
  { dataFolder: folder, keys, upgradesWithoutBackup: mayGoWithout }: Env,
  log?: Pick<Log, "warn">,
): Upgrading => ({ keep: keepFormer({ folder, keys, mayGoWithout, log }), mayGoWithout });

interface Keeping {
  readonly folder: string;
  readonly keys: KeyPlaces;
  readonly mayGoWithout: boolean;
  readonly log: Pick<Log, "warn"> | undefined;
}

/** Keeps the configuration of a server as a backup in a folder, and the last three of them. */
function keepFormer({ folder, keys, mayGoWithout, log }: Keeping): KeepFormer {
  return async (former) => {
    try {
      await makeFolder(folder);
      const file = join(folder, nameOf(new Date(), former.level));
      await writeArchive(file, former, keys);
      await dropOutdated(folder);
      return file;
    } catch (error) {
      const why = `${former.shown} wants an update, and its configuration cannot be kept before. ${messageOf(error)}`;
      if (!mayGoWithout) throw new Error(`${why} ${GO_WITHOUT}`, { cause: error });
      log?.warn({ reason: messageOf(error) }, "the configuration of before this update is not kept");
      return undefined;
    }
  };
}

async function writeArchive(file: string, former: Former, places: KeyPlaces): Promise<void> {
  const tables = orderTables(former.tables);
  const mark = await readFormerMark(tables);
  const { keys } = await readAllKeys(places);
  // Without it Unity will say at its start which one it wants; the archive says so, too.
  const own = keys.find(({ id }) => id === mark);
  const header: Header = {
    ...{ format: NEWEST_FORMAT, unity: version, id: createId(), createdAt: Date.now(), source: former.version },
    ...{ until: 0, starts: null, fingerprint: "", samples: 0, runs: false },
    backup: {
      parts: "configuration",
      tables: Object.fromEntries(tables.map(({ name, columns }) => [name, [...columns]])),
      secrets: { kind: "kept", key: mark ?? null },
    },
  };
  const options = own ? { sign: (text: string) => sign(own, text) } : {};
  await saveFile(file, encodeArchive(readPieces(header, tables, own && { keys, own }), options));
}

/** Those that others point at come first, as in the schema; one that is no more comes last. */
function orderTables(tables: readonly FormerTable[]): FormerTable[] {
  const order = listTables(defineSchema(postgres)).map(({ name }) => name);
  const placeOf = ({ name }: FormerTable) => (order.includes(name) ? order.indexOf(name) : order.length);
  return tables
    .filter(({ name }) => name !== RUNS && !Object.hasOwn(LEFT_OUT, name))
    .toSorted((a, b) => placeOf(a) - placeOf(b));
}

async function readFormerMark(tables: readonly FormerTable[]): Promise<string | undefined> {
  const settings = tables.find(({ name }) => name === "settings");
  if (!settings) return undefined;
  for await (const rows of settings.rows()) {
    const row = rows.find(({ key }) => key === MARK);
    if (row) return parseMark(row.value);
  }
  return undefined;
}

async function* readPieces(
  header: Header,
  tables: readonly FormerTable[],
  sealing: { keys: readonly Key[]; own: Key } | undefined,
): AsyncGenerator<Piece> {
  const secrets = sealing && sealForArchive({ keys: sealing.keys, writing: sealing.own, plugin: undefined });
  const totals = { rows: 0, series: 0, samples: 0, rollups: 0 };
  yield { kind: "header", header };
  for (const { name, columns, rows: read } of tables) {
    const key = columns.find((column) => column === "id") ?? columns[0] ?? "";
    for await (const found of read()) {
      const rows = changeRows({ name, key }, found, secrets);
      totals.rows += rows.length;
      if (name === "metric_series") totals.series += rows.length;
      if (rows.length > 0) yield { kind: "rows", table: name, rows };
    }
  }
  yield { kind: "end", totals };
}

async function dropOutdated(folder: string): Promise<void> {
  const newestFirst = (await readdir(folder))
    .filter((name) => NAME.test(name))
    .toSorted()
    .toReversed();
  const levels = newestFirst.map((name) => NAME.exec(name)?.[1]);
  const kept = newestFirst.filter((_, index) => levels.indexOf(levels[index]) === index).slice(0, KEPT);
  for (const name of newestFirst) if (!kept.includes(name)) await rm(join(folder, name));
}
