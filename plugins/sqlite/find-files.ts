import { type CollectContext, CollectError, expandGlob, isGlob } from "../sdk";
import type { Config } from "./config";

export interface Candidate {
  readonly path: string;
  /** Named in the settings: that it is missing or no database is worth saying. */
  readonly isNamed: boolean;
}
export interface Candidates {
  readonly files: readonly Candidate[];
  /** Places that could not be looked into. */
  readonly problems: readonly CollectError[];
  readonly truncated: boolean;
}

const EXTENSION = /\.(db|sqlite|sqlite3)$/i;
/** Folders looked into, and names that might be folders, of all places together: a whole disk must end. */
const MAX_FOLDERS = 500;
const MAX_NAMES = 5_000;
/** Each of them is opened once. */
const MAX_FILES = 500;

/** Files that may be databases: those named first, then what patterns and folders give. */
export async function findFiles(context: CollectContext<Config>): Promise<Candidates> {
  const { paths, scanDirs, scanDepth } = context.config;
  const files = new Map<string, Candidate>();
  const problems: CollectError[] = [];
  for (const path of paths) if (!isGlob(path)) files.set(path, { path, isNamed: true });
  const add = (found: readonly string[]) => {
    for (const path of found) if (!files.has(path)) files.set(path, { path, isNamed: false });
  };
  const orProblem = async (work: Promise<readonly string[]>) => {
    try {
      add(await work);
    } catch (error) {
      if (context.signal.aborted || !(error instanceof CollectError)) throw error;
      problems.push(error);
    }
  };
  for (const path of paths)
    if (isGlob(path)) await orProblem(expandGlob(context, path).then((found) => found.filter(isOwnFile)));
  const walk = { context, folders: 0, names: 0, found: [] as string[] };
  for (const folder of scanDirs) await orProblem(scan(walk, folder, scanDepth, true).then(() => walk.found));
  const isCut = walk.folders > MAX_FOLDERS || walk.names > MAX_NAMES || files.size > MAX_FILES;
  return { files: [...files.values()].slice(0, MAX_FILES), problems, truncated: isCut };
}

/** What SQLite keeps beside a database is none. */
const isOwnFile = (path: string) => !/-(wal|shm|journal)$/.test(path);

interface Walk {
  readonly context: CollectContext<Config>;
  folders: number;
  names: number;
  readonly found: string[];
}

async function scan(walk: Walk, folder: string, depth: number, mustRead = false): Promise<void> {
  walk.folders += 1;
  if (walk.folders > MAX_FOLDERS) return;
  const names = await orNothing(walk, walk.context.listDir(folder), mustRead);
  for (const name of names ?? []) {
    const path = `${folder.replace(/\/$/, "")}/${name}`;
    if (EXTENSION.test(name)) walk.found.push(path);
    else if (depth > 0 && !name.startsWith(".") && isOwnFile(name)) {
      walk.names += 1;
      if (walk.names > MAX_NAMES) return;
      const facts = await orNothing(walk, walk.context.stat(path));
      if (facts?.type === "directory") await scan(walk, path, depth - 1);
    }
  }
}

/** What is gone or closed further down is passed over. */
async function orNothing<T>({ context }: Walk, work: Promise<T>, mustRead = false): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (mustRead || context.signal.aborted || !(error instanceof CollectError)) throw error;
    return undefined;
  }
}
