import { type CollectContext, CollectError } from "../sdk";
import { createCap } from "./cap";
import { nameChip } from "./chip-name";
import type { Config } from "./config";
import { kindOf } from "./kinds";
import { distinguish, numberTwins } from "./names";
import { cleanName } from "./parse";
import { type Problem, readOptional } from "./read-optional";
import type { Chip } from "./sensor";
import { surveyChip } from "./survey-chip";
import { surveyZones } from "./zones";

type Context = CollectContext<Config>;

/** What there is to read. */
export interface Survey {
  readonly chips: readonly Chip[];
  readonly truncated: boolean;
  readonly problems: readonly Problem[];
}

/** More chips than any machine has. */
const MAX_CHIPS = 500;

/** Finds all sensors, with their names and limits, but reads no values. @param entries of /sys/class/hwmon */
export async function surveySensors(context: Context, entries: readonly string[]): Promise<Survey> {
  const problems: Problem[] = [];
  const chips: Chip[] = [];
  // One after the other: the files of sysfs are read one at a time in any case.
  for (const place of await findChips(context, problems, entries)) {
    try {
      chips.push(await surveyChip(context, problems, place));
    } catch (error) {
      if (context.signal.aborted || !(error instanceof CollectError)) throw error;
      problems.push({ reason: error.reason, message: `${place.name}: ${error.message}` });
    }
  }
  const hasCpu = chips.some(
    ({ kind, sensors }) => kind === "cpu" && sensors.some(({ quantity }) => quantity === "temperature"),
  );
  if (!hasCpu) chips.push(...(await surveyZones(context, problems, new Set(chips.map(({ driver }) => driver)))));
  const { fits, isTruncated } = createCap(context.config.maxItems);
  const kept = distinguish(chips).map((chip) => ({ ...chip, sensors: chip.sensors.filter(fits) }));
  return { chips: kept, truncated: isTruncated(), problems };
}

async function findChips(context: Context, problems: Problem[], entries: readonly string[]) {
  const found: (Omit<Chip, "sensors" | "disk"> & { path: string })[] = [];
  for (const entry of entries.slice(0, MAX_CHIPS)) {
    const folder = `${context.config.sysRoot}/class/hwmon/${entry}`;
    const driver = cleanName(await readOptional(context, problems, `${folder}/name`), 60);
    if (driver === "") continue;
    const path = (await linkOf(context, folder)) ?? "";
    found.push({ name: nameChip(driver, path), driver, kind: kindOf(driver), folder, path });
  }
  return numberTwins(found.sort((a, b) => (a.path < b.path ? -1 : 1)));
}

async function linkOf(context: Context, folder: string): Promise<string | undefined> {
  try {
    return await context.readLink(folder);
  } catch (error) {
    if (context.signal.aborted || !(error instanceof CollectError)) throw error;
    return undefined;
  }
}
