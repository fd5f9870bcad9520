import { type CollectContext, CollectError, toLabel } from "../sdk";
import { parseBatteryDate } from "./battery-date";
import { type Config, placeOf } from "./config";
import { openSession, quote, Refused } from "./nut-session";
import { parseNumber, parsePercent } from "./parse-number";
import { type Flags, NO_FACTS, type Ups } from "./state";

type Variables = ReadonlyMap<string, string>;

export interface Read {
  readonly server: string;
  readonly upses: readonly Ups[];
  readonly truncated: boolean;
}

/** The server has lost this one; the others are fine. */
const LOST = new Set(["DATA-STALE", "DRIVER-NOT-CONNECTED"]);

/** @throws CollectError `not_found` when the UPS that is asked for is not there */
export async function readNut(context: CollectContext<Config>): Promise<Read> {
  const session = await openSession(context);
  try {
    const listed = (await session.list("UPS")).flatMap(([id, description = ""]) => (id ? [{ id, description }] : []));
    const wanted = chooseUpses(listed, context.config);
    const shown = wanted.slice(0, context.config.maxItems);
    const upses: Ups[] = [];
    for (const { id, description } of shown) {
      const variables = await readVariables(() => session.list(`VAR ${quoteName(id)}`));
      upses.push(describeUps(toLabel(id), toLabel(description), variables));
    }
    await session.close();
    return { server: toLabel(session.version), upses, truncated: wanted.length > shown.length };
  } catch (error) {
    session.abandon();
    throw error;
  }
}

interface Listed {
  readonly id: string;
  readonly description: string;
}

function chooseUpses(listed: readonly Listed[], config: Config): readonly Listed[] {
  const { ups } = config;
  if (ups === undefined) return listed;
  const found = listed.filter(({ id }) => id === ups);
  if (found.length > 0) return found;
  const names = listed.map(({ id }) => toLabel(id)).join(", ");
  throw new CollectError("not_found", `upsd at ${placeOf(config)} has no UPS called ${ups}.`, {
    hint: names === "" ? "It has none at all: check ups.conf." : `It has: ${names.slice(0, 300)}.`,
  });
}

/** Undefined when the server has lost the UPS. */
async function readVariables(list: () => Promise<string[][]>): Promise<Variables | undefined> {
  try {
    const rows = await list();
    return new Map(rows.flatMap(([name, value]) => (name === undefined || value === undefined ? [] : [[name, value]])));
  } catch (error) {
    if (error instanceof Refused && LOST.has(error.code)) return undefined;
    throw error;
  }
}

function describeUps(name: string, description: string, variables: Variables | undefined): Ups {
  if (!variables) return { name, isHeard: false, status: "", facts: { ...NO_FACTS, description: told(description) } };
  const text = (...keys: string[]) => toLabel(keys.map((key) => variables.get(key)?.trim()).find(Boolean) ?? "");
  const number = (key: string) => parseNumber(variables.get(key));
  const status = text("ups.status");
  const testResult = text("ups.test.result");
  return {
    name,
    isHeard: true,
    status,
    flags: readFlags(status),
    chargeRatio: parsePercent(variables.get("battery.charge")),
    runtimeSeconds: number("battery.runtime"),
    batteryVolts: number("battery.voltage"),
    batteryDate: parseBatteryDate(variables.get("battery.date")) ?? parseBatteryDate(variables.get("battery.mfr.date")),
    loadRatio: parsePercent(variables.get("ups.load")),
    powerWatts: number("ups.realpower"),
    nominalWatts: number("ups.realpower.nominal"),
    inputVolts: number("input.voltage"),
    outputVolts: number("output.voltage"),
    inputHertz: number("input.frequency"),
    celsius: number("ups.temperature"),
    testPassed: judgeTest(testResult),
    facts: {
      description: told(description),
      manufacturer: text("ups.mfr", "device.mfr"),
      model: text("ups.model", "device.model"),
      serial: text("ups.serial", "device.serial"),
      firmware: text("ups.firmware"),
      driver: text("driver.name"),
      testResult,
      lastTransfer: text("input.transfer.reason"),
      alarm: text("ups.alarm"),
    },
  };
}

/** Absent while a driver starts: it then says WAIT or nothing. */
function readFlags(status: string): Flags | undefined {
  const words = new Set(status.split(/\s+/));
  if (status === "" || (words.has("WAIT") && words.size === 1)) return undefined;
  return {
    onLine: words.has("OL"),
    onBattery: words.has("OB"),
    lowBattery: words.has("LB"),
    replaceBattery: words.has("RB"),
    overloaded: words.has("OVER"),
    forcedShutdown: words.has("FSD"),
    bypass: words.has("BYPASS"),
    charging: words.has("CHRG"),
  };
}

/** Drivers word it as they like: "Done and passed", "OK - Battery GOOD", "No test initiated". */
function judgeTest(result: string): boolean | undefined {
  if (/warn|error|fail|\bbad\b|replace/i.test(result)) return false;
  return /pass|^ok\b/i.test(result) ? true : undefined;
}

/** What upsd says where ups.conf has no `desc`. */
const told = (description: string) => (description === "Description unavailable" ? "" : description);

const quoteName = (id: string) => (/^[\w.-]+$/.test(id) ? id : quote(id));
