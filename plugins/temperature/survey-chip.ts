import { type CollectContext, matchesAny } from "../sdk";
import type { Config } from "./config";
import { nameSensor } from "./names";
import { cleanName, groupItems, type Item, parseCount, parseLimit, type Quantity } from "./parse";
import { listOptional, type Problem, readOptional } from "./read-optional";
import type { Chip, Sensor } from "./sensor";

type Context = CollectContext<Config>;
type Place = Omit<Chip, "sensors">;

const ALARMS: Partial<Record<Quantity, readonly string[]>> = {
  // An alarm of too little says nothing about heat.
  temperature: ["alarm", "max_alarm", "crit_alarm", "emergency_alarm"],
  fan: ["alarm", "min_alarm"],
};
/** ThinkPads stop the fan and say that it is driven all the same. */
const NO_HONEST_PWM = new Set(["thinkpad"]);

/** The chip with its sensors that are wanted. @throws CollectError `timeout` when the driver hangs */
export async function surveyChip(context: Context, problems: Problem[], found: Omit<Place, "disk">): Promise<Chip> {
  const { config } = context;
  const chip = { ...found, disk: "", sensors: [] };
  // What is excluded is not touched at all.
  if (matchesAny(chip.name, config.exclude)) return chip;
  const files = await listOptional(context, problems, chip.folder);
  const disk = chip.kind === "disk" ? await readDisk(context, problems, chip.folder) : "";
  const sensors: Sensor[] = [];
  for (const item of groupItems(files)) {
    const label = item.attributes.has("label")
      ? await readOptional(context, problems, `${chip.folder}/${item.id}_label`)
      : undefined;
    const given = cleanName(label);
    const shown = nameSensor({ ...chip, disk }, item.id, given, config.labels);
    if (!isWanted(config, chip.name, [item.id, given, shown])) continue;
    sensors.push(await surveySensor(context, problems, chip, item, shown, files));
  }
  return { ...chip, disk, sensors };
}

/** The user's patterns are for a chip, a sensor, or chip/sensor. */
export function isWanted({ include, exclude }: Config, chip: string, sensor: readonly string[]): boolean {
  const names = [chip, ...sensor.filter((name) => name !== "").flatMap((name) => [name, `${chip}/${name}`])];
  const isIn = (globs: readonly string[]) => names.some((name) => matchesAny(name, globs));
  return !isIn(exclude) && (include.length === 0 || isIn(include));
}

async function surveySensor(
  context: Context,
  problems: Problem[],
  { folder, driver }: Place,
  { id, quantity, divisor, attributes }: Item,
  label: string,
  files: readonly string[],
): Promise<Sensor> {
  const path = (attribute: string) => `${folder}/${id}_${attribute}`;
  const number = async (attribute: string) => {
    if (!attributes.has(attribute)) return undefined;
    const count = parseCount(await readOptional(context, problems, path(attribute)));
    return count === undefined ? undefined : count / divisor;
  };
  const sensor = {
    id,
    label,
    quantity,
    path: path(attributes.has("input") ? "input" : "average"),
    divisor,
    alarmPaths: (ALARMS[quantity] ?? []).filter((name) => attributes.has(name)).map(path),
    ...(attributes.has("fault") ? { faultPath: path("fault") } : {}),
  };
  if (quantity === "temperature")
    return { ...sensor, max: parseLimit(await number("max")), critical: parseLimit(await number("crit")) };
  if (quantity !== "fan") return sensor;
  const pwm = `pwm${id.slice("fan".length)}`;
  if (files.includes(pwm) && !NO_HONEST_PWM.has(driver)) return { ...sensor, pwmPath: `${folder}/${pwm}` };
  return { ...sensor, alwaysTurns: ((await number("min")) ?? 0) > 0 };
}

/** Model and the last four of the serial number: what is printed on the disk. sysfs knows both without asking the disk. */
async function readDisk(context: Context, problems: Problem[], folder: string): Promise<string> {
  const read = async (name: string) => cleanName(await readOptional(context, problems, `${folder}/device/${name}`));
  const model = await read("model");
  if (model === "") return "";
  // NVMe has a serial number; of SATA and SAS disks the world-wide name ends with it or with a number as good.
  const serial = ((await read("serial")) || (await read("wwid"))).replace(/\W/g, "");
  return serial === "" ? model : `${model} ${serial.slice(-4)}`;
}
