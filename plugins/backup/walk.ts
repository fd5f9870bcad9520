import { CollectError, matchesGlob } from "../sdk";
import type { Context } from "./run-tool";

export interface Found {
  /** Below the folder. */
  readonly path: string;
  readonly bytes: number;
  readonly mtimeMs: number;
}

interface Walked {
  /** Oldest first. */
  readonly files: readonly Found[];
  readonly truncated: boolean;
  /** Folders that may not be read, below the folder. */
  readonly forbidden: readonly string[];
}

const MAX_DEPTH = 16;
/** Calls under way at once: the door itself lets few through. */
const AT_ONCE = 8;

/** Files below a folder that match. Links to folders are not followed: they may lead round in a circle. */
export async function findFiles(
  context: Context,
  { folder, pattern, maxFiles }: { folder: string; pattern: string; maxFiles: number },
): Promise<Walked> {
  const files: Found[] = [];
  const isWanted = (path: string) =>
    matchesGlob(pattern.includes("/") ? path : (path.split("/").at(-1) ?? ""), pattern);
  const forbidden: string[] = [];
  let looked = 0;
  let truncated = false;
  const folders = [{ path: "", depth: 0 }];
  for (let next = folders.shift(); next && !truncated; next = folders.shift()) {
    const { path: parent, depth } = next;
    const names = await list(context, folder, parent, forbidden);
    const entries = names.slice(0, maxFiles - looked).map((name) => (parent === "" ? name : `${parent}/${name}`));
    truncated = entries.length < names.length;
    looked += entries.length;
    for (let at = 0; at < entries.length; at += AT_ONCE)
      await Promise.all(
        entries.slice(at, at + AT_ONCE).map(async (path) => {
          const facts = await lookAt(context, `${folder}/${path}`);
          if (facts?.type === "directory" && depth < MAX_DEPTH && !(await isLink(context, `${folder}/${path}`)))
            folders.push({ path, depth: depth + 1 });
          if (facts?.type === "file" && isWanted(path))
            files.push({ path, bytes: facts.bytes, mtimeMs: facts.mtimeMs });
        }),
      );
  }
  return { files: files.sort((a, b) => a.mtimeMs - b.mtimeMs || (a.path < b.path ? -1 : 1)), truncated, forbidden };
}

/** The folder itself must be readable; one below may be gone meanwhile, or another user's. */
async function list(context: Context, folder: string, below: string, forbidden: string[]): Promise<string[]> {
  try {
    return await context.listDir(below === "" ? folder : `${folder}/${below}`);
  } catch (error) {
    if (below === "" || !isPassable(error)) throw error;
    if (error.reason === "permission") forbidden.push(below);
    return [];
  }
}

async function lookAt(context: Context, path: string) {
  try {
    return await context.stat(path);
  } catch (error) {
    if (!isPassable(error)) throw error;
    return undefined;
  }
}

async function isLink(context: Context, path: string): Promise<boolean> {
  try {
    await context.readLink(path);
    return true;
  } catch (error) {
    if (!(error instanceof CollectError) || error.reason === "timeout") throw error;
    return false;
  }
}

const isPassable = (error: unknown): error is CollectError =>
  error instanceof CollectError && (error.reason === "not_found" || error.reason === "permission");
