import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { z } from "zod";
import type { Plugin } from "../../plugins/sdk/plugin";
import type { Log } from "../log";
import { type Verdict, validateDefinition } from "./validate-definition";

export interface BrokenPlugin {
  readonly id: string;
  /** What is wrong, for the catalogue page. */
  readonly error: string;
}
export interface Registry {
  get(id: string): Plugin | undefined;
  /** In the order of their names. */
  all(): Plugin[];
  readonly broken: readonly BrokenPlugin[];
  /** The file of a plugin's icon. It may be missing. */
  iconPath(id: string): string;
}

/** A module that does not finish loading, because it waits for something, must not hold up the start. */
const IMPORT_MS = 30_000;
/** What the production build leaves behind for plugins that do not compile. */
const BrokenFile = z.array(z.object({ id: z.string(), error: z.string() }));

/** Loads every plugin of a folder. One that does not load, or is not valid, is listed as broken and harms nothing. */
export async function loadRegistry(folder: string, log: Pick<Log, "warn">): Promise<Registry> {
  const plugins = new Map<string, Plugin>();
  const broken = await readBrokenFile(folder);
  const ids = await listPluginIds(folder);
  const loaded = await Promise.all(ids.map(async (id) => ({ id, result: await loadPlugin(folder, id) })));
  for (const { id, result } of loaded) {
    if (result.ok) plugins.set(id, result.plugin);
    else broken.push({ id, error: result.problems.join("\n") });
  }
  for (const { id, error } of broken) log.warn({ plugin: id, error }, "a plugin is broken and was left out");
  const sorted = [...plugins.values()].sort((a, b) => a.name.localeCompare(b.name, "en"));
  return {
    get: (id) => plugins.get(id),
    all: () => [...sorted],
    broken,
    iconPath: (id) => join(folder, id, "icon.svg"),
  };
}

/** Folders with an index: TypeScript in development, JavaScript beside the production bundle. */
export async function listPluginIds(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory() && entry.name !== "sdk" && indexOf(folder, entry.name) !== undefined)
    .map((entry) => entry.name)
    .sort();
}

/** Imports and validates one plugin. Never throws. */
export async function loadPlugin(folder: string, id: string): Promise<Verdict> {
  const file = indexOf(folder, id);
  if (!file) return { ok: false, problems: [`There is no ${join(folder, id, "index.ts")}.`] };
  try {
    return validateDefinition(id, await importDefault(pathToFileURL(file).href));
  } catch (error) {
    return { ok: false, problems: [`It does not load: ${error instanceof Error ? error.message : String(error)}`] };
  }
}

async function importDefault(url: string): Promise<unknown> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`it was not ready after ${IMPORT_MS / 1_000} s`)), IMPORT_MS);
  });
  try {
    const module: { default?: unknown } = await Promise.race([import(/* @vite-ignore */ url), late]);
    return module.default;
  } finally {
    clearTimeout(timer);
  }
}

function indexOf(folder: string, id: string): string | undefined {
  return ["index.js", "index.ts"].map((name) => join(folder, id, name)).find((file) => existsSync(file));
}

async function readBrokenFile(folder: string): Promise<BrokenPlugin[]> {
  const file = join(folder, "broken.json");
  if (!existsSync(file)) return [];
  return BrokenFile.parse(JSON.parse(await readFile(file, "utf8")));
}
