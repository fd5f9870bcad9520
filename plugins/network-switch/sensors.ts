import { labelItems } from "../sdk";
import { ENTITY_NAMES, SENSORS } from "./oids";
import { type Survey, toNumber, toText, walkColumn, walkColumns } from "./survey";

/** EntitySensorDataType (RFC 3433) to what is reported. */
const METRICS = new Map([
  [3, "snmp_sensor_volts"],
  [4, "snmp_sensor_volts"],
  [6, "snmp_sensor_watts"],
  [8, "snmp_sensor_celsius"],
  [10, "snmp_sensor_rpm"],
] as const);
/** EntitySensorDataScale: 9 is the unit itself, each step a thousand times more or less. */
const UNIT_SCALE = 9;
/** entPhySensorOperStatus: the others are unavailable and broken. */
const WORKS = 1;

/** Sensors of ENTITY-SENSOR-MIB. @returns whether there were more than are shown */
export async function collectSensors(survey: Survey): Promise<boolean> {
  const { value: valueColumn, ...rest } = SENSORS;
  const value = await walkColumn(survey, valueColumn);
  if (value.size === 0) return false;
  const { type, scale, precision, status } = await walkColumns(survey, rest);
  const { name, descr } = await walkColumns(survey, ENTITY_NAMES);
  const known = [...value.keys()].flatMap((index) => {
    const metric = METRICS.get((toNumber(type.get(index)) ?? 0) as 3 | 4 | 6 | 8 | 10);
    const raw = toNumber(value.get(index));
    if (!metric || raw === undefined || (toNumber(status.get(index)) ?? WORKS) !== WORKS) return [];
    const power = 3 * ((toNumber(scale.get(index)) ?? UNIT_SCALE) - UNIT_SCALE) - (toNumber(precision.get(index)) ?? 0);
    // Divided where that is exact: 412 with one decimal is 41.2, and 412 * 0.1 is not.
    return [{ index, metric, reading: power < 0 ? raw / 10 ** -power : raw * 10 ** power }];
  });
  const labelled = labelItems(known, {
    name: ({ index }) => toText(name.get(index)) || toText(descr.get(index)) || `sensor ${index}`,
    id: ({ index }) => index,
  });
  const { maxItems } = survey.context.config;
  for (const { label, item } of labelled.slice(0, maxItems))
    survey.report(item.metric, item.reading, { sensor: label });
  return labelled.length > maxItems;
}
