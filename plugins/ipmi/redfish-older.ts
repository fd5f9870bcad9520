import type { Sensor, Supply } from "./bmc";
import type { Link, Redfish } from "./redfish";
import { isThere, Power, Thermal } from "./redfish-shapes";
import { stateOf } from "./redfish-state";

/** Temperatures and fans of one chassis, in one resource. */
export async function readThermal(redfish: Redfish, { "@odata.id": path }: Link): Promise<Sensor[]> {
  const { Temperatures, Fans } = await redfish.get(Thermal, path);
  const temperatures = Temperatures.flatMap((one): Sensor[] => {
    const value = one.ReadingCelsius;
    if (!isThere(one.Status) || typeof value !== "number") return [];
    const critical = one.UpperThresholdCritical ?? one.UpperThresholdFatal;
    const state = stateOf(one.Status, value, { caution: one.UpperThresholdNonCritical, critical });
    return [{ name: nameOf(one), quantity: "temperature", value, state, criticalCelsius: critical || undefined }];
  });
  const fans = Fans.flatMap((one): Sensor[] => {
    const value = one.Reading ?? one.ReadingRPM;
    if (!isThere(one.Status) || typeof value !== "number") return [];
    const isPart = one.ReadingUnits === "Percent";
    const name = one.Name ?? one.FanName ?? one.MemberId ?? "";
    const state = stateOf(one.Status, value);
    return [{ name, quantity: isPart ? "fanRatio" : "fan", value: isPart ? value / 100 : value, state }];
  });
  return [...temperatures, ...fans];
}

export interface PowerRead {
  readonly sensors: readonly Sensor[];
  readonly supplies: readonly Supply[];
  readonly watts: number | undefined;
}

/** Power, supplies and voltages of one chassis, in one resource. */
export async function readPower(redfish: Redfish, { "@odata.id": path }: Link): Promise<PowerRead> {
  const { PowerControl, PowerSupplies, Voltages } = await redfish.get(Power, path);
  const there = PowerSupplies.filter(({ Status }) => isThere(Status));
  const outputs = there.flatMap((one): Sensor[] => [
    ...reading(nameOf(one), "power", one.LastPowerOutputWatts ?? one.PowerOutputWatts),
    ...reading(`${nameOf(one)} input`, "voltage", one.LineInputVoltage),
  ]);
  const voltages = Voltages.flatMap((one): Sensor[] => {
    const value = one.ReadingVolts;
    if (!isThere(one.Status) || typeof value !== "number") return [];
    const limits = { caution: one.UpperThresholdNonCritical, critical: one.UpperThresholdCritical };
    return [{ name: nameOf(one), quantity: "voltage", value, state: stateOf(one.Status, value, limits) }];
  });
  const supplies = there.flatMap((one) =>
    one.Status?.Health ? [{ name: nameOf(one), isOk: one.Status.Health === "OK" }] : [],
  );
  const watts = PowerControl.map(({ PowerConsumedWatts }) => PowerConsumedWatts).find(
    (value) => typeof value === "number",
  );
  return { sensors: [...voltages, ...outputs], supplies, watts: watts ?? undefined };
}

/** A value that has no verdict of its own. */
export function reading(name: string, quantity: Sensor["quantity"], value: number | null | undefined): Sensor[] {
  return typeof value === "number" ? [{ name, quantity, value, state: 0 }] : [];
}

const nameOf = ({ Name, MemberId }: { Name?: string | null | undefined; MemberId?: string | null | undefined }) =>
  Name ?? MemberId ?? "";
