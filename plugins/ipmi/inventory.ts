import type { Inventory } from "../sdk";
import type { Bmc } from "./bmc";
import type { Config } from "./config";

const STATES = ["ok", "warning", "critical", "no reading"] as const;

export function describeBmc({ identity, sensors, supplies, events }: Bmc, { protocol, tls }: Config): Inventory {
  const isUnverified = protocol === "redfish" && !tls.verify;
  return {
    facts: {
      protocol,
      ...identity,
      ...(isUnverified ? { certificate: "Not verified: anyone in between could read the password." } : {}),
    },
    lists: {
      sensors: (sensors ?? []).map(({ name, quantity, state }) => ({
        sensor: name,
        measures: quantity,
        state: STATES[state],
      })),
      powerSupplies: supplies.map(({ name, isOk }) => ({ powerSupply: name, state: isOk ? "ok" : "failed" })),
      events: events.map(({ time, what }) => ({ time, event: what })),
    },
  };
}
