import type { Value } from "./ask";
import { POE } from "./oids";
import { type Survey, toNumber, walkColumns } from "./survey";

/** pethPsePortDetectionStatus (RFC 3621), from 1. */
const STATES = ["disabled", "searching", "deliveringPower", "fault", "test", "otherFault"] as const;

/** Power over Ethernet: of all units of a stack together. A switch without it tells nothing. */
export async function collectPoe(survey: Survey): Promise<void> {
  const { nominal, consumption, detection } = await walkColumns(survey, POE);
  const { report } = survey;
  const nominalWatts = addNumbers(nominal);
  const drawnWatts = addNumbers(consumption);
  if (nominalWatts !== undefined) report("snmp_poe_nominal_watts", nominalWatts);
  if (drawnWatts !== undefined) report("snmp_poe_power_watts", drawnWatts);
  const states = [...detection.values()].flatMap((value) => STATES[(toNumber(value) ?? 0) - 1] ?? []);
  if (states.length === 0) return;
  for (const state of STATES) report("snmp_poe_ports", states.filter((other) => other === state).length, { state });
}

/** Undefined where none is told: a switch without it feeds nobody, and not 0 W. */
function addNumbers(column: ReadonlyMap<string, Value>): number | undefined {
  const known = [...column.values()].filter((value) => typeof value === "number");
  return known.length === 0 ? undefined : known.reduce((sum, value) => sum + value, 0);
}
