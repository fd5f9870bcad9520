import { hours } from "../sdk";
import { OPER_STATES, type Port, type Totals } from "./ports";
import type { Survey } from "./survey";
import type { System } from "./system";

/** A port that lost its link is told of for so long; then it is one that is not in use. Seconds. */
const LOST_SECONDS = hours(24);
/** All links come up, or do not, when a switch starts: that is no loss. 1/100 s. */
const START_TICKS = 30_000;

/** @returns whether there were more ports than are shown */
export function reportPorts({ context, report }: Survey, ports: readonly Port[], system: System): boolean {
  const { config, memory, now } = context;
  const states = ["disabled", ...OPER_STATES] as const;
  const counts = new Map<string, number>();
  for (const { adminUp, state } of ports) {
    const name = adminUp ? state : "disabled";
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  for (const state of states) report("snmp_ports", counts.get(state) ?? 0, { state });

  const wanted = ports.filter(({ adminUp }) => adminUp || !config.onlyAdminUp);
  const shown = wanted.slice(0, config.maxItems);
  const lastUp = memory.recall<Record<string, number>>("lastUp")?.value ?? {};
  const seenUp: Record<string, number> = {};
  for (const port of shown) {
    const before = Object.hasOwn(lastUp, port.index) ? lastUp[port.index] : undefined;
    const upAt = port.state === "up" ? now : before;
    if (upAt !== undefined) seenUp[port.index] = upAt;
    reportPort(report, port, now, system);
    const labels = { port: port.label, alias: port.alias };
    report("snmp_interface_lost", isLost(port, upAt, now, system) ? 1 : 0, labels);
  }
  memory.keep("lastUp", seenUp);
  return wanted.length > shown.length;
}

/** Seen up within a day; or by the agent's word changed within a day, and not while it started. */
function isLost({ adminUp, state, lastChange }: Port, upAt: number | undefined, now: number, system: System): boolean {
  if (!adminUp || (state !== "down" && state !== "lowerLayerDown")) return false;
  if (upAt !== undefined && now - upAt < LOST_SECONDS * 1_000) return true;
  const ago = secondsSince(lastChange, system);
  return ago !== undefined && ago < LOST_SECONDS && (lastChange ?? 0) > START_TICKS;
}

/** Undefined for a change before the agent started, and for one in its future: sysUpTime wrapped since. */
function secondsSince(lastChange: number | undefined, { upTime }: System): number | undefined {
  if (lastChange === undefined || upTime === undefined || lastChange <= 0 || lastChange > upTime) return undefined;
  return (upTime - lastChange) / 100;
}

function reportPort(report: Survey["report"], port: Port, now: number, system: System): void {
  const name = { port: port.label };
  report("snmp_interface_up", port.state === "up" ? 1 : 0, { ...name, alias: port.alias });
  report("snmp_interface_admin_up", port.adminUp ? 1 : 0, name);
  if (port.bitsPerSecond !== undefined) report("snmp_interface_speed_bits_per_second", port.bitsPerSecond, name);
  if (port.halfDuplex !== undefined) report("snmp_interface_half_duplex", port.halfDuplex ? 1 : 0, name);
  const ago = secondsSince(port.lastChange, system);
  if (ago !== undefined) report("snmp_interface_last_change_timestamp_seconds", Math.round(now / 1_000 - ago), name);
  reportTotals(report, "receive", port.receive, name);
  reportTotals(report, "transmit", port.transmit, name);
}

function reportTotals(
  report: Survey["report"],
  direction: "receive" | "transmit",
  { bytes, packets, errors, discards }: Totals,
  name: { port: string },
): void {
  if (bytes !== undefined) report(`snmp_interface_${direction}_bytes_total`, bytes, name);
  if (packets !== undefined) report(`snmp_interface_${direction}_packets_total`, packets, name);
  if (errors !== undefined) report(`snmp_interface_${direction}_errors_total`, errors, name);
  if (discards !== undefined) report(`snmp_interface_${direction}_discards_total`, discards, name);
}
