import { and, eq } from "drizzle-orm";
import { printable } from "../../plugins/sdk/printable";
import type { Connection, Database } from "../db/database";
import { isSealed, keyIdOf } from "./cipher";
import { listTexts } from "./map-texts";

/** A row that may hold secrets, and the JSON in it that does. */
export interface SecretRow {
  readonly table: "plugins" | "channels" | "settings";
  /** The row's key. */
  readonly row: string;
  /** Which kind of thing it is: a plugin, a kind of channel, a setting. */
  readonly kind: string;
  /** For people. */
  readonly name: string;
  readonly value: unknown;
}
export const SECRET_TABLES: readonly SecretRow["table"][] = ["plugins", "channels", "settings"];

type Change = (row: SecretRow) => unknown;
type Parts = Pick<Connection, "schema">;

/**
 * Changes rows of a table, all or none. One that somebody else changes meanwhile stays as that one leaves it.
 * @param change a value as it is stays unwritten @returns how many were changed
 */
export function rewriteSecrets(
  { db, schema }: Pick<Connection, "db" | "schema">,
  table: SecretRow["table"],
  change: Change,
): Promise<number> {
  return db.transaction(async (tx) => {
    let changed = 0;
    for (const { updatedAt, ...row } of await readRows(tx, { schema }, table)) {
      const value = change(row);
      if (JSON.stringify(value) === JSON.stringify(row.value)) continue;
      await writeRow(tx, { schema }, { ...row, value, updatedAt });
      changed += 1;
    }
    return changed;
  });
}

export async function readSecretRows({ db, schema }: Pick<Connection, "db" | "schema">): Promise<SecretRow[]> {
  const rows = await Promise.all(SECRET_TABLES.map((table) => readRows(db, { schema }, table)));
  return rows.flat();
}

interface Versioned extends SecretRow {
  readonly updatedAt: number;
}

async function readRows(db: Database, { schema }: Parts, table: SecretRow["table"]): Promise<Versioned[]> {
  const { plugins, channels, settings } = schema;
  switch (table) {
    case "plugins":
      return (await db.select().from(plugins)).map(({ id, plugin, name, config, updatedAt }) => ({
        ...{ table, row: id, kind: plugin, name, value: config, updatedAt },
      }));
    case "channels":
      return (await db.select().from(channels)).map(({ id, kind, name, config, updatedAt }) => ({
        ...{ table, row: id, kind, name, value: config, updatedAt },
      }));
    case "settings":
      return (await db.select().from(settings)).map(({ key, value }) => ({
        ...{ table, row: key, kind: key, name: key, value, updatedAt: 0 },
      }));
  }
  return table satisfies never;
}

async function writeRow(db: Database, { schema }: Parts, { table, row, value, updatedAt }: Versioned): Promise<void> {
  const { plugins, channels, settings } = schema;
  switch (table) {
    case "plugins": {
      const same = and(eq(plugins.id, row), eq(plugins.updatedAt, updatedAt));
      await db
        .update(plugins)
        .set({ config: value as Record<string, unknown> })
        .where(same);
      return;
    }
    case "channels": {
      const same = and(eq(channels.id, row), eq(channels.updatedAt, updatedAt));
      await db
        .update(channels)
        .set({ config: value as Record<string, unknown> })
        .where(same);
      return;
    }
    case "settings":
      await db.update(settings).set({ value }).where(eq(settings.key, row));
      return;
  }
  return table satisfies never;
}

/** The encrypted values of a row, by the ids of their keys. */
export const keyIdsOf = ({ value }: Pick<SecretRow, "value">): string[] =>
  listTexts(value).flatMap(({ text }) => (isSealed(text) ? [keyIdOf(text)] : []));

const SHOWN = 5;

/** For people: `"NAS" and "Proxmox"`; what belongs to no instance and no channel is Unity's own. */
export function nameRows(rows: readonly SecretRow[]): string {
  const named = rows.filter(({ table }) => table !== "settings");
  const own = rows.length > named.length ? ["Unity's own keys and settings"] : [];
  const names = named
    .slice(0, SHOWN)
    .map(({ table, name }) => `${table === "plugins" ? "instance" : "channel"} "${printable(name)}"`);
  const more = named.length > SHOWN ? [`${named.length - SHOWN} more`] : [];
  return [...names, ...more, ...own].join(", ");
}
