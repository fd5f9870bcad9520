import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

/** Every migration by its database and name, with the hash of its text: one that people's databases have been through never changes. */
export async function hashMigrations(folder: string): Promise<Record<string, string>> {
  const all: [string, string][] = [];
  for (const dialect of (await readdir(folder)).sort())
    for (const name of (await readdir(join(folder, dialect))).sort())
      if (name.endsWith(".sql")) all.push([`${dialect}/${name}`, await hash(join(folder, dialect, name))]);
  return Object.fromEntries(all);
}

const hash = async (file: string) =>
  createHash("sha256")
    .update(await readFile(file))
    .digest("hex");
