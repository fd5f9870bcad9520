import { NOTIFY_SETTINGS } from "../alerts/notify/notify-book";
import type { Row } from "../move/piece";
import type { MovedTable } from "../move/tables";
import { createSealer, MADE_ANEW } from "../stored-secrets";
import { decrypt, encrypt, isSealed, keyIdOf, type Place } from "../vault/cipher";
import { type Key, makeKeyText, readKey } from "../vault/key";
import { mapTexts } from "../vault/map-texts";
import { MARK } from "../vault/open-vault";
import { keyIdsOf, type SecretRow } from "../vault/secret-rows";
import { createVault, type Vault } from "../vault/vault";

type Plugins = Parameters<typeof createSealer>[0]["plugin"];
type Table = Pick<MovedTable, "name" | "key">;

/** Changes the secrets of rows on their way into an archive, or out of one. */
export interface RowSecrets {
  /** @returns undefined for a row that stays behind */
  change(table: Table, row: Row): Row | undefined;
  /** Whose secrets could not be read: they go on as they were. */
  lost(): readonly SecretRow[];
}

/** What was collected, or happened: whatever a service calls itself there, it is no secret of ours. */
const COLLECTED = new Set([
  "plugin_status",
  "plugin_executions",
  "plugin_inventory",
  "metric_series",
  "alert_states",
  "alert_history",
  "notifications",
  "audit_log",
]);

/**
 * Texts that are no secrets of the vault and would be worth something to a thief all the same: what passwords are checked against, which
 * can be guessed with patience. In an archive they are encrypted, in the database they are as they were. Second factors and tokens
 * of providers are encrypted under a secret of the settings; what a token of Unity is checked against says nothing of it.
 */
const ALSO_SECRET: Readonly<Record<string, readonly string[] | undefined>> = { accounts: ["password"] };

/** People and what they prove themselves by: who cannot prove it must not stand in the way of a new first one. */
const PEOPLE = new Set(["users", "accounts", "two_factors", "passkeys", "api_tokens"]);

/** Of settings with secrets, those that mean something without them. */
const MEAN_SOMETHING_BARE: readonly string[] = [NOTIFY_SETTINGS];

/**
 * Into an archive: encrypted under one key, whichever they were encrypted under before, if at all. @param writing one of the keys
 * @param plugin knows which settings are secret; without it, what is not encrypted stays so
 */
export function sealForArchive({
  keys,
  writing,
  plugin,
}: {
  keys: readonly Key[];
  writing: Key;
  plugin: Plugins | undefined;
}): RowSecrets {
  const vault = createVault(keys, writing.id);
  const seal = plugin && createSealer({ vault, plugin });
  const lost: SecretRow[] = [];
  return {
    change(table, row) {
      if (isMark(table, row)) return undefined;
      const changed = resealRow(vault, table, seal ? sealPlain(seal, table, row) : row);
      if (hasOthers(table, changed, writing.id)) lost.push(describeRow(table, changed));
      return mapAlsoSecret(table, changed, (text, place) => (isSealed(text) ? text : encrypt(writing, text, place)));
    },
    lost: () => lost,
  };
}

/** Out of an archive: under the key of the database they come into. @param keys that of the archive as well */
export function openFromArchive({ keys, writing }: { keys: readonly Key[]; writing: string }): RowSecrets {
  const vault = createVault(keys, writing);
  const byId = new Map(keys.map((key) => [key.id, key]));
  const lost: SecretRow[] = [];
  return {
    change(table, row) {
      if (isMark(table, row)) return undefined;
      const opened = mapAlsoSecret(table, row, (text, place) => {
        const key = isSealed(text) ? byId.get(keyIdOf(text)) : undefined;
        return (key && decrypt(key, text, place)) ?? text;
      });
      const changed = resealRow(vault, table, opened);
      if (hasOthers(table, changed, writing)) lost.push(describeRow(table, changed));
      return changed;
    },
    lost: () => lost,
  };
}

/**
 * Out of an archive of a database that nobody encrypted yet, which nobody signed either. Whoever changed it could have put in a person of
 * his own, or what was encrypted elsewhere: neither was there then.
 */
export function takePlainSecrets(sealing: Parameters<typeof createSealer>[0]): RowSecrets {
  const seal = createSealer(sealing);
  return {
    change(table, row) {
      if (isMark(table, row) || PEOPLE.has(table.name)) return undefined;
      if (table.name === "settings" && MADE_ANEW.includes(String(row[table.key]))) return undefined;
      return sealPlain(seal, table, changeColumns(table, row, withoutSealed));
    },
    lost: () => [],
  };
}

/**
 * Neither those that are encrypted nor those that nobody has encrypted yet. References to secrets stay. People stay behind: without what
 * they prove themselves by, nobody could sign in any more.
 */
export function leaveOutSecrets(plugin: Plugins): RowSecrets {
  // Nobody keeps it: what is encrypted under it is found, and thrown away.
  const key = readKey(makeKeyText(), "nobody");
  const seal = createSealer({ vault: createVault([key], key.id), plugin });
  return {
    change(table, row) {
      if (isMark(table, row) || PEOPLE.has(table.name)) return undefined;
      const sealed = sealPlain(seal, table, row);
      const isBare = MEAN_SOMETHING_BARE.includes(String(row[table.key])) || keyIdsOf({ value: sealed }).length === 0;
      if (table.name === "settings" && !isBare) return undefined;
      return changeColumns(table, sealed, withoutSealed);
    },
    lost: () => [],
  };
}

const withoutSealed = (value: unknown) => mapTexts(value, undefined, (text) => (isSealed(text) ? "" : text));

/** Rows of a table, without those that stay behind. What is no table has no secrets. */
export const changeRows = (
  table: Table | undefined,
  rows: readonly Row[],
  secrets: Pick<RowSecrets, "change"> | undefined,
): readonly Row[] =>
  table && secrets
    ? rows.flatMap((row) => {
        const changed = secrets.change(table, row);
        return changed ? [changed] : [];
      })
    : rows;

/** The key that a database names is not that of the archive. */
const isMark = ({ name, key }: Table, row: Row) => name === "settings" && row[key] === MARK;

/** Where the secrets of a row are that its schema names. */
function partsOf({ name, key }: Table, row: Row): (Omit<SecretRow, "value"> & { column: string }) | undefined {
  const id = String(row[key]);
  if (name === "settings") return { table: name, row: id, kind: id, name: id, column: "value" };
  if (name !== "plugins" && name !== "channels") return undefined;
  const kind = String(name === "plugins" ? row.plugin : row.kind);
  return { table: name, row: id, kind, name: String(row.name), column: "config" };
}

function sealPlain(seal: ReturnType<typeof createSealer>, table: Table, row: Row): Row {
  const parts = partsOf(table, row);
  return parts ? { ...row, [parts.column]: seal({ ...parts, value: row[parts.column] }) } : row;
}

/** Each value of a row that may have secrets. */
function changeColumns(
  { name, key }: Table,
  row: Row,
  change: (value: unknown, place: Pick<Place, "table" | "row">) => unknown,
): Row {
  if (COLLECTED.has(name)) return row;
  const place = { table: name, row: String(row[key]) };
  return Object.fromEntries(Object.entries(row).map(([column, value]) => [column, change(value, place)]));
}

const resealRow = (vault: Vault, table: Table, row: Row): Row =>
  changeColumns(table, row, (value, place) => vault.reseal(place, value));

function mapAlsoSecret(table: Table, row: Row, change: (text: string, place: Place) => string): Row {
  const changed = (ALSO_SECRET[table.name] ?? []).flatMap((column): [string, string][] => {
    const text = row[column];
    if (typeof text !== "string" || text === "") return [];
    // A place of its own: what the vault encrypted is not opened as this.
    return [[column, change(text, { table: table.name, row: String(row[table.key]), path: ["archive", column] })]];
  });
  return changed.length > 0 ? { ...row, ...Object.fromEntries(changed) } : row;
}

/** Something in it is under another key. */
const hasOthers = (table: Table, row: Row, id: string) =>
  !COLLECTED.has(table.name) && keyIdsOf({ value: row }).some((other) => other !== id);

/** For people. */
function describeRow(table: Table, row: Row): SecretRow {
  const { column, ...parts } = partsOf(table, row) ?? {
    table: "settings" as const,
    row: "",
    kind: "",
    name: "",
    column: "",
  };
  return { ...parts, value: column === "" ? row : row[column] };
}
