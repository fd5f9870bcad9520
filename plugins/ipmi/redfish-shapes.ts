import { z } from "zod";
import { link } from "./redfish";

/** What is missing or of another type is not told. Names and shapes are DMTF's schemas (DSP8010). */
const text = z.string().nullish().catch(undefined);
/** Some boards write numbers as texts. */
const number = z
  .union([
    z.number(),
    z
      .string()
      .regex(/^-?\d+(\.\d+)?$/)
      .transform(Number),
  ])
  .nullish()
  .catch(undefined);
const rows = <T extends z.ZodType>(row: T) =>
  z
    .array(row.nullable().catch(null))
    .transform((all) => all.filter((one) => one !== null))
    .default([])
    .catch([]);
const Status = z.object({ State: text, Health: text, HealthRollup: text }).nullish().catch(undefined);
export type Status = z.output<typeof Status>;
const Part = z.object({ Status }).nullish().catch(undefined);
const Reading = z.object({ Reading: number }).nullish().catch(undefined);

export const Root = z.object({ RedfishVersion: text, Systems: link(), Chassis: link(), Managers: link() });
export const System = z.object({
  Id: text,
  Manufacturer: text,
  Model: text,
  SerialNumber: text,
  BiosVersion: text,
  PowerState: text,
  Status,
  MemorySummary: Part,
  ProcessorSummary: Part,
  LogServices: link(),
});
export const Manager = z.object({ Id: text, FirmwareVersion: text, Status, LogServices: link() });
export const Chassis = z.object({
  Id: text,
  Status,
  Thermal: link(),
  Power: link(),
  ThermalSubsystem: link(),
  PowerSubsystem: link(),
  Sensors: link(),
  EnvironmentMetrics: link(),
});
export type Chassis = z.output<typeof Chassis>;

/** Until 2020, and on most boards still. */
export const Thermal = z.object({
  Temperatures: rows(
    z.object({
      Name: text,
      MemberId: text,
      ReadingCelsius: number,
      UpperThresholdNonCritical: number,
      UpperThresholdCritical: number,
      UpperThresholdFatal: number,
      Status,
    }),
  ),
  Fans: rows(
    z.object({
      Name: text,
      FanName: text,
      MemberId: text,
      Reading: number,
      ReadingRPM: number,
      ReadingUnits: text,
      Status,
    }),
  ),
});
export const Power = z.object({
  PowerControl: rows(z.object({ PowerConsumedWatts: number })),
  PowerSupplies: rows(
    z.object({
      Name: text,
      MemberId: text,
      LineInputVoltage: number,
      LastPowerOutputWatts: number,
      PowerOutputWatts: number,
      Status,
    }),
  ),
  Voltages: rows(
    z.object({
      Name: text,
      MemberId: text,
      ReadingVolts: number,
      UpperThresholdNonCritical: number,
      UpperThresholdCritical: number,
      Status,
    }),
  ),
});

/** Since 2020. */
export const ThermalSubsystem = z.object({ Fans: link(), ThermalMetrics: link() });
export const Fan = z.object({
  Id: text,
  Name: text,
  SpeedPercent: z.object({ Reading: number, SpeedRPM: number }).nullish().catch(undefined),
  Status,
});
export const ThermalMetrics = z.object({
  TemperatureReadingsCelsius: rows(z.object({ Reading: number, DeviceName: text })),
});
export const PowerSubsystem = z.object({ PowerSupplies: link() });
export const PowerSupply = z.object({ Id: text, Name: text, Status, Metrics: link() });
export const SupplyMetrics = z.object({ OutputPowerWatts: Reading, InputVoltage: Reading });
export const Environment = z.object({ PowerWatts: Reading, TemperatureCelsius: Reading });
export const SensorResource = z.object({
  Id: text,
  Name: text,
  Reading: number,
  ReadingUnits: text,
  ReadingType: text,
  Thresholds: z
    .object({ UpperCaution: Reading, UpperCritical: Reading, UpperFatal: Reading })
    .nullish()
    .catch(undefined),
  Status,
});

export const LogService = z.object({
  Id: text,
  Name: text,
  LogEntryType: text,
  MaxNumberOfRecords: number,
  Entries: link(),
});
export const Entries = z.object({
  "Members@odata.count": number,
  "Members@odata.nextLink": text,
  "@odata.nextLink": text,
  Members: rows(z.object({ Severity: text, Created: text, Message: text })),
});

export const isThere = (status: Status) => !["Absent", "Disabled", "UnavailableOffline"].includes(status?.State ?? "");
export type Entries = z.output<typeof Entries>;
