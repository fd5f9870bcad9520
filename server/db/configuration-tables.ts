import type { Migration } from "./sqlite-protocol";

/**
 * The tables that these migrations made, without those of samples: what a copy before an update holds. Samples are by far the most,
 * and their form carries its own version.
 */
export function configurationTables(migrations: readonly Migration[]): string[] {
  const made = migrations.flatMap(({ statements }) =>
    statements.flatMap((sql) => {
      const name = /^\s*create table (?:if not exists )?[`"]?(\w+)/im.exec(sql)?.[1];
      return name && !name.startsWith("plugin_metrics") ? [name] : [];
    }),
  );
  return [...new Set(made)];
}

const PREFIX = "unity_before_";
/** Of the newest two updates; older ones are dropped by the next. */
const KEPT = 2;

/** What the copies of one update begin with, in UTC: `unity_before_20270102030405_`. */
export const copyPrefix = (now: Date): string => `${PREFIX}${now.toISOString().replace(/\D/g, "").slice(0, 14)}_`;

/** Of these tables, the copies that go when those of another update are made. */
export function outdatedCopies(tables: readonly string[]): string[] {
  const copies = tables.flatMap((table) => {
    const prefix = new RegExp(`^${PREFIX}\\d{14}_`).exec(table)?.[0];
    return prefix ? [{ table, prefix }] : [];
  });
  const kept = [...new Set(copies.map(({ prefix }) => prefix))].sort().slice(-(KEPT - 1));
  return copies.filter(({ prefix }) => !kept.includes(prefix)).map(({ table }) => table);
}
