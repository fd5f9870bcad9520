import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { Case } from "../../plugins/sdk/golden-case";
import type { Plugin } from "../../plugins/sdk/plugin";
import { replayCase } from "../../plugins/sdk/replay";
import { judgeCase } from "./judge-case";
import { judgePushed } from "./judge-pushed";

/** An icon is drawn beside a name on every page; more than this is a picture. */
const MAX_ICON_BYTES = 16_384;

/** What a plugin's folder must hold beside its code. @returns a line for each problem */
export async function findFolderProblems(pluginsFolder: string, id: string): Promise<string[]> {
  const folder = join(pluginsFolder, id);
  const problems = await iconProblems(join(folder, "icon.svg"));
  const readme = await textOf(join(folder, "README.md"));
  if (readme === undefined)
    problems.push("README.md is missing: say what it collects, what it needs and how to set it up.");
  else if (!readme.startsWith("# ")) problems.push("README.md must begin with a title: # Name.");
  if ((await listCases(pluginsFolder, id)).length === 0)
    problems.push(`cases/ has no golden case. Record one: npm run plugin:record ${id} <name> -- --config '{...}'.`);
  return problems;
}

/** Names of a plugin's golden cases. */
export async function listCases(pluginsFolder: string, id: string): Promise<string[]> {
  const folder = join(pluginsFolder, id, "cases");
  if (!existsSync(folder)) return [];
  const names = await readdir(folder);
  return names
    .filter((name) => name.endsWith(".json"))
    .map((name) => name.slice(0, -".json".length))
    .sort();
}

/** Replays one golden case. @returns a line for each difference between what came of it and what should */
export async function replayFile(pluginsFolder: string, plugin: Plugin, name: string): Promise<string[]> {
  const file = join(pluginsFolder, plugin.id, "cases", `${name}.json`);
  const parsed = Case.safeParse(readJson(await readFile(file, "utf8"), file));
  if (!parsed.success)
    return parsed.error.issues.map(
      ({ path, message }) => `the case itself: ${path.join(".") || "all of it"}: ${message}`,
    );
  const { expect, pushed, config } = parsed.data;
  return [
    ...judgePushed(plugin, { pushed, config }),
    ...judgeCase(plugin, expect, await replayCase(plugin, parsed.data)),
  ];
}

function readJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`${file} is not JSON: ${error instanceof Error ? error.message : error}`);
  }
}

async function iconProblems(file: string): Promise<string[]> {
  const icon = await textOf(file);
  if (icon === undefined) return ["icon.svg is missing."];
  const problems: string[] = [];
  if (!icon.includes("<svg") || !icon.includes("viewBox")) problems.push("icon.svg must be an <svg> with a viewBox.");
  if (/<script|\son\w+=|href=["'](?!#)/i.test(icon)) problems.push("icon.svg must not hold scripts or addresses.");
  if (icon.length > MAX_ICON_BYTES) problems.push(`icon.svg is larger than ${MAX_ICON_BYTES} bytes.`);
  return problems;
}

const textOf = (file: string): Promise<string | undefined> =>
  existsSync(file) ? readFile(file, "utf8") : Promise.resolve(undefined);
