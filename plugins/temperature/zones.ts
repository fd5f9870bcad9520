import type { CollectContext } from "../sdk";
import type { Config } from "./config";
import { kindOf } from "./kinds";
import { nameSensor, numberTwins } from "./names";
import { cleanName, parseLimit, parseZone } from "./parse";
import { listOptional, type Problem, readOptional } from "./read-optional";
import type { Chip } from "./sensor";
import { isWanted } from "./survey-chip";

type Context = CollectContext<Config>;

/** Boards with so many zones are phones. */
const MAX_ZONES = 200;

/**
 * Thermal zones, for boards whose processor has no hwmon driver (most ARM boards). A zone that hwmon shows as well is left out:
 * there it bears the zone's type, with underscores.
 */
export async function surveyZones(
  context: Context,
  problems: Problem[],
  drivers: ReadonlySet<string>,
): Promise<Chip[]> {
  const root = `${context.config.sysRoot}/class/thermal`;
  const names = (await listOptional(context, problems, root)).filter((name) => /^thermal_zone\d+$/.test(name));
  // By number, because the tenth zone is no twin of the first.
  names.sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
  const zones: Chip[] = [];
  for (const name of names.slice(0, MAX_ZONES)) {
    const folder = `${root}/${name}`;
    const type = cleanName(await readOptional(context, problems, `${folder}/type`), 60);
    const driver = type.replaceAll("-", "_");
    if (type === "" || drivers.has(driver)) continue;
    const critical = await readCritical(context, problems, folder);
    const sensor = { id: "temp1", quantity: "temperature", path: `${folder}/temp`, divisor: 1_000 } as const;
    zones.push({
      name: `${driver}-virtual-0`,
      driver,
      kind: kindOf(driver),
      disk: "",
      folder,
      sensors: [{ ...sensor, label: type, alarmPaths: [], critical, isZone: true }],
    });
  }
  return numberTwins(zones).map((zone) => ({
    ...zone,
    sensors: zone.sensors
      .map((sensor) => ({ ...sensor, label: nameSensor(zone, sensor.id, sensor.label, context.config.labels) }))
      .filter(({ id, label }) => isWanted(context.config, zone.name, [id, zone.driver, label])),
  }));
}

/** Where the kernel switches the machine off. Where it only slows down is no limit to warn at. */
async function readCritical(context: Context, problems: Problem[], folder: string): Promise<number | undefined> {
  const types = (await listOptional(context, problems, folder)).filter((name) => /^trip_point_\d+_type$/.test(name));
  for (const name of types) {
    if ((await readOptional(context, problems, `${folder}/${name}`))?.trim() !== "critical") continue;
    return parseLimit(parseZone(await readOptional(context, problems, `${folder}/${name.replace("_type", "_temp")}`)));
  }
  return undefined;
}
