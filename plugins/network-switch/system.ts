import { CollectError, toLabel } from "../sdk";
import { SYSTEM } from "./oids";
import { getValues, type Survey, toNumber, toText } from "./survey";

/** sysUpTime counts 1/100 s in 32 bits. */
const WRAP_SECONDS = 2 ** 32 / 100;

export interface System {
  readonly name: string;
  readonly descr: string;
  readonly location: string;
  readonly contact: string;
  readonly objectId: string;
  /** The agent's own clock, which other objects refer to. 1/100 s; undefined when it tells none. */
  readonly upTime: number | undefined;
  readonly uptimeSeconds: number | undefined;
}

/** Asks who the agent is: every agent answers this, so whatever does not is none. */
export async function readSystem(survey: Survey): Promise<System> {
  const { descr, objectId, upTime, contact, name, location, engineTime } = SYSTEM;
  const values = await getValues(survey, [descr, objectId, upTime, contact, name, location, engineTime]);
  const [descrValue, objectIdValue, ticks, contactValue, nameValue, locationValue, engine] = values;
  if (values.every((value) => value === null))
    throw new CollectError("permission", "The SNMP agent shows nothing about the system.", {
      hint: "Widen the view of the community or user: 1.3.6.1.2.1 is needed.",
    });
  const upTimeTicks = toNumber(ticks);
  return {
    descr: toText(descrValue),
    objectId: toText(objectIdValue),
    contact: toText(contactValue),
    name: toText(nameValue),
    location: toText(locationValue),
    upTime: upTimeTicks,
    uptimeSeconds: uptimeOf(upTimeTicks, toNumber(engine)),
  };
}

/** The engine's seconds do not wrap. Some agents get them wrong, so they must agree with the ticks, up to whole wraps. */
function uptimeOf(ticks: number | undefined, engineSeconds: number | undefined): number | undefined {
  if (ticks === undefined) return engineSeconds;
  const seconds = ticks / 100;
  if (engineSeconds === undefined || engineSeconds < WRAP_SECONDS) return seconds;
  const wraps = Math.round((engineSeconds - seconds) / WRAP_SECONDS);
  const wrapped = seconds + wraps * WRAP_SECONDS;
  return Math.abs(wrapped - engineSeconds) < 3_600 ? wrapped : seconds;
}

export function reportSystem({ report, context }: Survey, system: System): void {
  if (system.uptimeSeconds !== undefined) report("snmp_uptime_seconds", system.uptimeSeconds);
  if (!context.config.modules.includes("system")) return;
  report("snmp_info", 1, {
    name: toLabel(system.name),
    descr: toLabel(system.descr),
    location: toLabel(system.location),
    object_id: toLabel(system.objectId),
  });
}
