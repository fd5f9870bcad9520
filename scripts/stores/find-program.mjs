import { existsSync, readdirSync } from "node:fs";
import { delimiter, join } from "node:path";

/** Where servers are installed, and which no PATH of a person names. */
const SERVER_FOLDERS = ["/usr/local/sbin", "/usr/sbin"];
const POSTGRES_VERSIONS = "/usr/lib/postgresql";

/** The folder that holds all these programs: of PATH, or where Debian installs servers. @returns undefined when there is none */
export function findPrograms(...names) {
  const path = (process.env.PATH ?? "").split(delimiter).filter(Boolean);
  const folders = [...path, ...SERVER_FOLDERS, ...postgresFolders()];
  return folders.find((folder) => names.every((name) => existsSync(join(folder, name))));
}

/** @returns the file, or undefined */
export function findProgram(...names) {
  for (const name of names) {
    const folder = findPrograms(name);
    if (folder) return join(folder, name);
  }
}

/** The newest first. */
function postgresFolders() {
  if (!existsSync(POSTGRES_VERSIONS)) return [];
  const versions = readdirSync(POSTGRES_VERSIONS).sort((a, b) => Number(b) - Number(a));
  return versions.map((version) => join(POSTGRES_VERSIONS, version, "bin"));
}
