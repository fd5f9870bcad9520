import type { Schema } from "../../drizzle/schema";
import { version } from "../../package.json";
import { isNewerThanThis, NewerArchive } from "../move/archive/newer-archive";
import { type OpenArchive, openArchive } from "../move/import-archive";
import type { BackupHeader, Header } from "../move/piece";
import { LEFT_OUT, listTables } from "../move/tables";

export interface OpenBackupFile extends OpenArchive {
  readonly header: Header & { readonly backup: BackupHeader };
}

/**
 * Opens a backup, and reads all of it once: its checksum, and whether this version knows everything in it.
 * @throws DamagedArchive with the file and the place; Error that says what to do
 */
export async function openBackupFile(name: string, schema: Schema, signal?: AbortSignal): Promise<OpenBackupFile> {
  const archive = await openArchive(name, signal);
  try {
    const { backup } = archive.header;
    if (!backup) throw new Error(`${name} is no backup, but of unity export. Take it in with: unity import ${name}`);
    const header = { ...archive.header, backup };
    const problem = findForeign(header, schema);
    if (problem) throw new Error(`${name}: ${problem}`);
    return { ...archive, header };
  } catch (error) {
    await archive.close();
    throw error;
  }
}

/** What of it this version cannot take, and what to do. */
function findForeign(
  { unity, backup: { parts, tables } }: OpenBackupFile["header"],
  schema: Schema,
): string | undefined {
  const isBeforeUpdate = parts === "configuration";
  // That one is of the version before the one that wrote it.
  if (!isBeforeUpdate && isNewerThanThis(unity)) return new NewerArchive(unity).message;
  const known = new Map(listTables(schema).map((table) => [table.name, table.columns]));
  for (const [name, columns] of Object.entries(tables)) {
    if (Object.hasOwn(LEFT_OUT, name)) continue;
    const mine = known.get(name);
    const unknown = columns.find((column) => !mine?.[column]);
    if (!mine || unknown !== undefined) {
      const what = mine ? `the column ${unknown} of ${name}` : `the table ${name}`;
      if (!isBeforeUpdate) return new NewerArchive(unity, `, with ${what}`).message;
      return `it has ${what}, which Unity ${version} does not. Put it back with the version from before the update.`;
    }
    const missing = Object.entries(mine).find(
      ([column, { notNull, hasDefault }]) => notNull && !hasDefault && !columns.includes(column),
    );
    if (missing)
      return `it was made by an older Unity (${unity}), without the column ${missing[0]} of ${name}. Put it back with that version, then update.`;
  }
  return undefined;
}
