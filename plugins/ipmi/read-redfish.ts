import type { z } from "zod";
import { type CollectContext, CollectError, type Report, readPart, readPartEvery, toLabel } from "../sdk";
import type { Bmc, Health, Identity, Sensor, Supply } from "./bmc";
import type { Config } from "./config";
import type { metrics } from "./metrics";
import { nameSensors } from "./name-sensors";
import { type Link, type Redfish, withRedfish } from "./redfish";
import { type LogRead, readLog } from "./redfish-log";
import { readPowerSubsystem, readSensors, readThermalSubsystem } from "./redfish-newer";
import { readPower, readThermal } from "./redfish-older";
import { Chassis, Environment, isThere, Manager, Root, System } from "./redfish-shapes";
import { isWell } from "./redfish-state";

type Context = CollectContext<Config>;
type Reported = Report<typeof metrics>;

const MAX_SYSTEMS = 4;
const MAX_CHASSIS = 16;
const MAX_MANAGERS = 2;
/** Logs are long, and slow to page through. */
const LOG_SECONDS = 300;

export function readRedfish(context: Context, report: Reported): Promise<Bmc> {
  return withRedfish(context, async (redfish) => {
    const root = await redfish.get(Root, "/redfish/v1/");
    if (!root.Systems && !root.Chassis)
      throw new CollectError("parse", "The root of the tree names neither systems nor chassis.", {
        hint: "Check that the address is a BMC's.",
      });
    const systems = await readAll(redfish, root.Systems, System, MAX_SYSTEMS);
    const managers =
      (await readPart(context, report, () => readAll(redfish, root.Managers, Manager, MAX_MANAGERS))) ?? [];
    const chassis = await readPart(context, report, () => readAll(redfish, root.Chassis, Chassis, MAX_CHASSIS));
    const parts = await readChassis(context, report, redfish, chassis ?? []);
    const services = [...systems, ...managers].flatMap(({ LogServices }) => (LogServices ? [LogServices] : []));
    const logs = context.config.sel ? await readLogSeldom(context, report, redfish, services) : undefined;
    const [power] = systems.flatMap(({ PowerState }) =>
      PowerState === "On" || PowerState === "Off" ? [PowerState] : [],
    );
    const { sensorsExclude: exclude } = context.config;
    return {
      isOn: power === undefined ? undefined : power === "On",
      faults: {},
      sensors: parts.sensors && nameSensors(labelled(parts.sensors), exclude),
      supplies: nameSensors(labelled(parts.supplies), exclude),
      systemWatts: parts.watts,
      log: logs?.log,
      events: logs?.events ?? [],
      health: healthOf(systems, chassis ?? [], managers),
      identity: identityOf(systems, managers),
      truncated: redfish.isSpent(),
    };
  });
}

async function readAll<T>(
  redfish: Redfish,
  collection: Link | undefined,
  schema: z.ZodType<T>,
  limit: number,
): Promise<T[]> {
  if (!collection) return [];
  const all: T[] = [];
  for (const path of (await redfish.members(collection["@odata.id"])).paths.slice(0, limit))
    if (!redfish.isSpent()) all.push(await redfish.get(schema, path));
  return all;
}

interface Parts {
  /** Undefined: none could be read. */
  readonly sensors: readonly Sensor[] | undefined;
  readonly supplies: readonly Supply[];
  readonly watts: number | undefined;
}

/** The older resources first: one question each. A part that fails leaves the others. */
async function readChassis(
  context: Context,
  report: Reported,
  redfish: Redfish,
  all: readonly Chassis[],
): Promise<Parts> {
  const sensors: Sensor[] = [];
  const supplies: Supply[] = [];
  let hasFailed = false;
  let watts: number | undefined;
  for (const one of all.filter(({ Status }) => isThere(Status))) {
    if (redfish.isSpent()) break;
    const read = await readPart(context, report, () => readSensorsOf(redfish, one));
    hasFailed ||= read === undefined;
    sensors.push(...(read ?? []));
    const power = await readPart(context, report, () => readPowerOf(redfish, one));
    sensors.push(...(power?.sensors ?? []));
    supplies.push(...(power?.supplies ?? []));
    watts ??= power?.watts;
    const { EnvironmentMetrics: environment } = one;
    if (watts !== undefined || !environment || redfish.isSpent()) continue;
    const said = await readPart(context, report, () => redfish.get(Environment, environment["@odata.id"]));
    watts = said?.PowerWatts?.Reading ?? undefined;
  }
  return { sensors: hasFailed && sensors.length === 0 ? undefined : sensors, supplies, watts };
}

async function readSensorsOf(redfish: Redfish, { Thermal, Sensors, ThermalSubsystem }: Chassis): Promise<Sensor[]> {
  if (Thermal) return readThermal(redfish, Thermal);
  if (Sensors) return readSensors(redfish, Sensors);
  return ThermalSubsystem ? readThermalSubsystem(redfish, ThermalSubsystem) : [];
}

async function readPowerOf(redfish: Redfish, { Power, PowerSubsystem, Sensors }: Chassis): Promise<Parts> {
  if (Power) return readPower(redfish, Power);
  if (!PowerSubsystem) return { sensors: [], supplies: [], watts: undefined };
  const read = await readPowerSubsystem(redfish, PowerSubsystem);
  // Those are among the chassis' own sensors already.
  return Sensors ? { ...read, sensors: [] } : read;
}

async function readLogSeldom(
  context: Context,
  report: Reported,
  redfish: Redfish,
  services: readonly Link[],
): Promise<LogRead | undefined> {
  await readPartEvery(context, report, { key: "log", seconds: LOG_SECONDS }, async () => {
    context.memory.keep("events", await readLog(context, redfish, services));
  });
  return context.memory.recall<LogRead | undefined>("events")?.value;
}

type Unit = { readonly Id?: string | null | undefined; readonly Status?: Chassis["Status"] };

/** Several of a kind are told apart by their ids. */
function healthOf(
  systems: readonly z.output<typeof System>[],
  chassis: readonly Chassis[],
  managers: readonly z.output<typeof Manager>[],
): Health[] {
  const verdict = (component: string, status: Chassis["Status"]): Health[] => {
    const isOk = isWell(status);
    return isOk === undefined ? [] : [{ component, isOk }];
  };
  const named = (kind: string, units: readonly Unit[]) =>
    units.flatMap(({ Id, Status }) => verdict(units.length > 1 ? toLabel(`${kind} ${Id ?? ""}`) : kind, Status));
  const sole = systems.length === 1 ? systems[0] : undefined;
  const all = [
    ...named("system", systems),
    ...verdict("memory", sole?.MemorySummary?.Status),
    ...verdict("processors", sole?.ProcessorSummary?.Status),
    ...named("chassis", chassis),
    ...named("manager", managers),
  ];
  return all.filter(({ component }, index) => all.findIndex((other) => other.component === component) === index);
}

function identityOf(
  [system]: readonly z.output<typeof System>[],
  [manager]: readonly z.output<typeof Manager>[],
): Identity | undefined {
  if (!system) return undefined;
  return {
    manufacturer: toLabel(system.Manufacturer ?? ""),
    product: toLabel(system.Model ?? ""),
    firmware: toLabel(manager?.FirmwareVersion ?? system.BiosVersion ?? ""),
    serial: toLabel(system.SerialNumber ?? ""),
  };
}

/** One without a name is known by what it measures. */
const labelled = <T extends { readonly name: string }>(items: readonly T[]): T[] =>
  items.map((item) => (item.name.trim() === "" ? { ...item, name: "unnamed" } : item));
