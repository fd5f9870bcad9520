import type { z } from "zod";
import type { Quantity, Sensor } from "./bmc";
import type { Link, Redfish } from "./redfish";
import { type PowerRead, reading } from "./redfish-older";
import {
  Fan,
  isThere,
  PowerSubsystem,
  PowerSupply,
  SensorResource,
  SupplyMetrics,
  ThermalMetrics,
  ThermalSubsystem,
} from "./redfish-shapes";
import { stateOf } from "./redfish-state";

const QUANTITIES: Readonly<Record<string, Quantity>> = {
  Temperature: "temperature",
  Rotational: "fan",
  Voltage: "voltage",
  Current: "current",
  Power: "power",
};

/** Every sensor of one chassis is a resource of its own. */
export async function readSensors(redfish: Redfish, { "@odata.id": path }: Link): Promise<Sensor[]> {
  const sensors: Sensor[] = [];
  for (const member of (await redfish.members(path)).paths) {
    if (redfish.isSpent()) break;
    sensors.push(...describeSensor(await redfish.get(SensorResource, member)));
  }
  return sensors;
}

function describeSensor(one: z.output<typeof SensorResource>): Sensor[] {
  const value = one.Reading;
  if (!isThere(one.Status) || typeof value !== "number") return [];
  const name = one.Name ?? one.Id ?? "";
  const { UpperCaution, UpperCritical, UpperFatal } = one.Thresholds ?? {};
  const critical = UpperCritical?.Reading ?? UpperFatal?.Reading ?? undefined;
  const state = stateOf(one.Status, value, { caution: UpperCaution?.Reading, critical });
  const type = one.ReadingType ?? "";
  const isFanPart = (type === "Percent" || one.ReadingUnits === "%") && /fan/i.test(name);
  if (isFanPart) return [{ name, quantity: "fanRatio", value: value / 100, state }];
  const quantity = (Object.hasOwn(QUANTITIES, type) ? QUANTITIES[type] : undefined) ?? "other";
  return [{ name, quantity, value, state, criticalCelsius: quantity === "temperature" ? critical : undefined }];
}

/** Fans and temperatures of one chassis, where it has no sensors one by one. */
export async function readThermalSubsystem(redfish: Redfish, { "@odata.id": path }: Link): Promise<Sensor[]> {
  const { Fans, ThermalMetrics: metrics } = await redfish.get(ThermalSubsystem, path);
  const sensors: Sensor[] = [];
  for (const member of Fans ? (await redfish.members(Fans["@odata.id"])).paths : []) {
    if (redfish.isSpent()) break;
    const fan = await redfish.get(Fan, member);
    const { Reading, SpeedRPM } = fan.SpeedPercent ?? {};
    if (!isThere(fan.Status)) continue;
    const name = fan.Name ?? fan.Id ?? "";
    const value = SpeedRPM ?? Reading;
    if (typeof value !== "number") continue;
    const isPart = typeof SpeedRPM !== "number";
    sensors.push({
      name,
      quantity: isPart ? "fanRatio" : "fan",
      value: isPart ? value / 100 : value,
      state: stateOf(fan.Status, value),
    });
  }
  if (!metrics || redfish.isSpent()) return sensors;
  const { TemperatureReadingsCelsius } = await redfish.get(ThermalMetrics, metrics["@odata.id"]);
  return [
    ...sensors,
    ...TemperatureReadingsCelsius.flatMap(({ DeviceName, Reading }) =>
      reading(DeviceName ?? "", "temperature", Reading),
    ),
  ];
}

/** Power supplies of one chassis, each a resource with its own metrics. */
export async function readPowerSubsystem(redfish: Redfish, { "@odata.id": path }: Link): Promise<PowerRead> {
  const { PowerSupplies } = await redfish.get(PowerSubsystem, path);
  const sensors: Sensor[] = [];
  const supplies: PowerRead["supplies"][number][] = [];
  for (const member of PowerSupplies ? (await redfish.members(PowerSupplies["@odata.id"])).paths : []) {
    if (redfish.isSpent()) break;
    const supply = await redfish.get(PowerSupply, member);
    if (!isThere(supply.Status)) continue;
    const name = supply.Name ?? supply.Id ?? "";
    if (supply.Status?.Health) supplies.push({ name, isOk: supply.Status.Health === "OK" });
    if (!supply.Metrics || redfish.isSpent()) continue;
    const { OutputPowerWatts, InputVoltage } = await redfish.get(SupplyMetrics, supply.Metrics["@odata.id"]);
    sensors.push(...reading(name, "power", OutputPowerWatts?.Reading));
    sensors.push(...reading(`${name} input`, "voltage", InputVoltage?.Reading));
  }
  return { sensors, supplies, watts: undefined };
}
