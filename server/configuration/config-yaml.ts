import { type ReadParts, readParts } from "../alerts/read-parts";
import { listAlerts, printYaml, VERSION, without } from "../alerts/yaml";
import { UnityError } from "../errors";
import { CONFIG_PARTS, type ConfigContent, type ConfigFile, type ConfigPart, SETTING_NAMES, SHAPES } from "./shapes";

/** Everything that people set as files that they read, keep and change. Reading what was written gives the same again. */

export interface ConfigSource {
  /** Said where something is wrong in it; null for the only one. */
  readonly name: string | null;
  readonly text: string;
}

export interface ParsedConfig {
  readonly file: ConfigFile;
  /** An error about one entry, naming its file. */
  readonly refuse: ReadParts["refuse"];
  /** Which file an entry is from; of settings, `index` is a name. */
  originOf(part: ConfigPart, index: number | string): string | null;
}

/** @param only the parts that are printed, in any case in the same order */
export function printConfig(
  { instances, parents, settings, ...alerts }: ConfigContent,
  only: readonly ConfigPart[] = CONFIG_PARTS,
): string {
  const parts: Partial<Record<ConfigPart, unknown>> = {
    instances: instances.map(({ id, plugin, name, ...rest }) => ({
      ...{ id, plugin, name },
      ...without(rest, { enabled: true, tags: [], config: {} }),
    })),
    parents,
    ...listAlerts(alerts),
    settings,
  };
  const printed = CONFIG_PARTS.flatMap((part) =>
    only.includes(part) && parts[part] !== undefined ? [[part, parts[part]] as const] : [],
  );
  return printYaml({ version: VERSION, ...Object.fromEntries(printed) });
}

/** Several files are one whole; in which order they come makes no difference. @throws UnityError `invalid` saying where */
export function parseConfig(sources: readonly ConfigSource[]): ParsedConfig {
  const origins = new Map<ConfigPart, { read: Read; index: number }[]>();
  const settingOrigins = new Map<string, Read>();
  const merged: Partial<Record<ConfigPart, unknown>> = {};
  for (const source of sources) {
    const read = readSource(source);
    for (const part of CONFIG_PARTS) {
      const given = read.parts[part];
      if (given === undefined) continue;
      if (Array.isArray(given)) merged[part] = joinList(part, { given, read, merged, origins });
      else merged[part] = joinSettings(given as ConfigFile["settings"], { read, merged, settingOrigins });
    }
  }
  const refuse: ParsedConfig["refuse"] = (part, index, message, path) => {
    const of = index === null ? settingOrigins.get(String(path?.[0])) : origins.get(part as ConfigPart)?.[index]?.read;
    const place = index === null ? null : (origins.get(part as ConfigPart)?.[index]?.index ?? null);
    return of ? of.refuse(part, place, message, path) : new UnityError("invalid", message, { field: "yaml" });
  };
  return {
    file: merged as ConfigFile, // Each part was read by its own schema.
    refuse,
    originOf: (part, index) =>
      (typeof index === "string" ? settingOrigins.get(index) : origins.get(part)?.[index]?.read)?.name ?? null,
  };
}

interface Read extends ReadParts {
  readonly name: string | null;
}

function readSource({ name, text }: ConfigSource): Read {
  const say = (error: UnityError) =>
    name === null ? error : new UnityError("invalid", `${name}: ${error.message}`, { field: "yaml", cause: error });
  try {
    const { parts, refuse } = readParts(text, { version: VERSION, shapes: SHAPES });
    return { name, parts, refuse: (...facts) => say(refuse(...facts)) };
  } catch (error) {
    throw error instanceof UnityError ? say(error) : error;
  }
}

interface Joining {
  readonly read: Read;
  readonly merged: Partial<Record<ConfigPart, unknown>>;
}

function joinList(
  part: ConfigPart,
  {
    given,
    read,
    merged,
    origins,
  }: Joining & { given: readonly unknown[]; origins: Map<ConfigPart, { read: Read; index: number }[]> },
): unknown[] {
  const before = (merged[part] ?? []) as readonly { id?: unknown }[];
  const known = origins.get(part) ?? [];
  origins.set(part, known);
  const most = SHAPES[part].most ?? 0;
  for (const [index, entry] of given.entries()) {
    const { id } = entry as { id?: unknown };
    const twin = id === undefined ? -1 : before.findIndex((one) => one.id === id);
    if (twin >= 0)
      throw read.refuse(part, index, `the id ${String(id)} is in ${known[twin]?.read.name} as well.`, ["id"]);
    known.push({ read, index });
  }
  if (known.length > most) throw new UnityError("invalid", `There may be ${most} ${part} at most.`, { field: "yaml" });
  return [...before, ...given];
}

function joinSettings(
  given: ConfigFile["settings"],
  { read, merged, settingOrigins }: Joining & { settingOrigins: Map<string, Read> },
): ConfigFile["settings"] {
  for (const name of SETTING_NAMES) {
    if (given?.[name] === undefined) continue;
    const twin = settingOrigins.get(name);
    if (twin) throw read.refuse("settings", null, `${name} is set in ${twin.name} as well.`, [name]);
    settingOrigins.set(name, read);
  }
  return { ...(merged.settings as ConfigFile["settings"]), ...given };
}
