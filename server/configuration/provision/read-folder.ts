import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import type { ConfigSource } from "../config-yaml";

/** Nobody writes more by hand, and a folder that is somebody else's must not keep Unity busy. */
const MOST_FILES = 200;
const MOST_BYTES = 1_048_576;
const MOST_BYTES_IN_ALL = 8_388_608;

/** Of a folder that cannot be read as it is. The message says which file, why and what to do. */
class FolderProblem extends Error {
  override readonly name = "FolderProblem";
}

/**
 * The YAML files of a folder, by name. Links are followed, as Kubernetes mounts files; folders within, and names that begin with a dot,
 * are not looked into. @returns null where there is no such folder @throws FolderProblem
 */
export async function readFolder(folder: string): Promise<readonly ConfigSource[] | null> {
  const names = await readdir(folder).catch((error: unknown) => {
    if (codeOf(error) === "ENOENT") return null;
    throw new FolderProblem(`The folder ${folder} cannot be read (${codeOf(error)}). Let Unity's user read it.`);
  });
  if (names === null) return null;
  const files = names.filter((name) => /^[^.].*\.ya?ml$/i.test(name)).sort();
  if (files.length > MOST_FILES)
    throw new FolderProblem(`There are ${files.length} files in ${folder}, more than ${MOST_FILES}.`);
  const sources: ConfigSource[] = [];
  let bytes = 0;
  for (const name of files) {
    const text = await readOne(folder, name);
    if (text === undefined) continue;
    bytes += text.length;
    if (bytes > MOST_BYTES_IN_ALL) throw new FolderProblem(`The files in ${folder} are larger than 8 MB together.`);
    sources.push({ name, text });
  }
  return sources;
}

async function readOne(folder: string, name: string): Promise<string | undefined> {
  const path = join(folder, name);
  try {
    const facts = await stat(path);
    if (facts.isDirectory()) return undefined;
    // A pipe would never end.
    if (!facts.isFile()) throw new FolderProblem(`${name} is no file.`);
    if (facts.size > MOST_BYTES) throw new FolderProblem(`${name} is larger than a megabyte.`);
    return await readFile(path, "utf8");
  } catch (error) {
    if (error instanceof FolderProblem) throw error;
    throw new FolderProblem(`${name} cannot be read (${codeOf(error)}). Let Unity's user read it.`);
  }
}

const codeOf = (error: unknown) =>
  typeof error === "object" && error !== null && "code" in error ? String(error.code) : "unknown";
