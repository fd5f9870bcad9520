import type { Inventory } from "../sdk";
import type { Config } from "./config";
import type { Read } from "./read-nut";

export function describeServer({ server, upses }: Read, { backend }: Pick<Config, "backend">): Inventory {
  return {
    facts: { server: server === "" ? backend : server, upses: upses.length },
    lists: {
      upses: upses.map(({ name, isHeard, status, batteryDate, facts }) => ({
        ups: name,
        description: facts.description,
        status: isHeard ? status : "no contact",
        model: [facts.manufacturer, facts.model].filter(Boolean).join(" "),
        serial: facts.serial,
        batteryDate: batteryDate === undefined ? null : new Date(batteryDate).toISOString().slice(0, 10),
        selfTest: facts.testResult,
        lastTransfer: facts.lastTransfer,
        alarm: facts.alarm,
      })),
    },
  };
}
