import type { CollectContext } from "../sdk";
import type { Config } from "./config";
import { parseCount, parseZone } from "./parse";
import { type Problem, readOptional } from "./read-optional";
import type { Chip, Sensor, Value } from "./sensor";
import { makeValue } from "./value";

type Context = CollectContext<Config>;

/** A fan that stands still below half of its power may be meant to: many turn only when there is need. Of 255. */
const DRIVEN_FROM = 128;

/** Reads what each sensor of the chip says now. @throws CollectError `timeout` when the driver hangs; `values` has the rest */
export async function readChip(context: Context, problems: Problem[], chip: Chip, values: Value[]): Promise<void> {
  if (chip.kind === "gpu" && (await isAsleep(context, problems, chip))) return;
  let malformed = 0;
  for (const sensor of chip.sensors) {
    const text = await readOptional(context, problems, sensor.path);
    const raw = sensor.isZone ? parseZone(text) : scale(parseCount(text), sensor.divisor);
    if (text !== undefined && raw === undefined) malformed += 1;
    const fault = sensor.faultPath ? isSet(await readOptional(context, problems, sensor.faultPath)) : undefined;
    const alarm = await readAlarm(context, problems, sensor);
    const stands = sensor.quantity === "fan" && raw === 0;
    const driven = stands ? await isDriven(context, problems, sensor) : undefined;
    values.push(makeValue({ ...sensor, chip: chip.name, kind: chip.kind }, { raw, alarm, fault, driven }));
  }
  if (malformed > 0)
    problems.push({ reason: "parse", message: `${chip.name}: ${malformed} sensors say what is no number.` });
}

const scale = (count: number | undefined, divisor: number) => (count === undefined ? undefined : count / divisor);

/** Its driver would wake a sleeping card to ask it. */
async function isAsleep(context: Context, problems: Problem[], { folder }: Chip): Promise<boolean> {
  const status = await readOptional(context, problems, `${folder}/device/power/runtime_status`);
  return status?.trim() === "suspended";
}

function isSet(text: string | undefined): boolean | undefined {
  const count = parseCount(text);
  return count === undefined ? undefined : count !== 0;
}

async function readAlarm(context: Context, problems: Problem[], sensor: Sensor): Promise<boolean | undefined> {
  let alarm: boolean | undefined;
  for (const path of sensor.alarmPaths) {
    const one = isSet(await readOptional(context, problems, path));
    if (one !== undefined) alarm = alarm === true || one;
  }
  return alarm;
}

async function isDriven(context: Context, problems: Problem[], sensor: Sensor): Promise<boolean> {
  if (!sensor.pwmPath) return sensor.alwaysTurns === true;
  return (parseCount(await readOptional(context, problems, sensor.pwmPath)) ?? 0) >= DRIVEN_FROM;
}
