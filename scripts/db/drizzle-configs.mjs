import { readdir } from "node:fs/promises";
import { inRoot } from "../tasks/root.mjs";

/** The configurations of drizzle-kit, one a folder of migrations. @returns their names, as "sqlite-samples" */
export async function listConfigs() {
  const files = await readdir(inRoot("drizzle"));
  return files.flatMap((file) => /^config\.(.+)\.ts$/.exec(file)?.[1] ?? []).sort();
}

export const drizzleKit = inRoot("node_modules/drizzle-kit/bin.cjs");
/** It runs in the repository, and finds a configuration by a path within. */
export const configFile = (name) => `drizzle/config.${name}.ts`;
export const migrationsFolder = (name) => inRoot("drizzle", "migrations", name);
