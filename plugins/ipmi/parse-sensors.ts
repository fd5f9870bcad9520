import type { Quantity, Sensor, State } from "./bmc";

/** Of `sdr elist -c`: the last one is the state. ipmitool(1), and its source for the short words. */
const STATES: Readonly<Record<string, State>> = {
  ok: 0,
  nc: 1,
  unc: 1,
  lnc: 1,
  cr: 2,
  ucr: 2,
  lcr: 2,
  nr: 2,
  unr: 2,
  lnr: 2,
};
const NO_READING: State = 3;

/** Where the columns end: a name may have commas in it. */
const VALUE_COLUMNS = 3;
const LIMIT_COLUMNS = 9;

/** `CPU Temp,42,degrees C,ok`, a line each. */
export function parseSensors(csv: string): Sensor[] {
  return csv.split("\n").flatMap((line): Sensor[] => {
    const cells = line.split(",");
    if (cells.length <= VALUE_COLUMNS) return [];
    const name = cells.slice(0, -VALUE_COLUMNS).join(",").trim();
    const [text = "", unit = "", word = ""] = cells.slice(-VALUE_COLUMNS).map((cell) => cell.trim());
    const state = (Object.hasOwn(STATES, word) ? STATES[word] : undefined) ?? NO_READING;
    const reading = text === "" ? Number.NaN : Number(text);
    if (name === "") return [];
    const { quantity, value } = measure(name, unit, reading);
    const isRead = state !== NO_READING && Number.isFinite(reading);
    return [{ name, quantity, state: isRead ? state : NO_READING, value: isRead ? value : undefined }];
  });
}

function measure(name: string, unit: string, reading: number): { quantity: Quantity; value: number } {
  switch (unit) {
    case "degrees C":
      return { quantity: "temperature", value: reading };
    case "degrees F":
      return { quantity: "temperature", value: ((reading - 32) * 5) / 9 };
    case "RPM":
      return { quantity: "fan", value: reading };
    case "Volts":
      return { quantity: "voltage", value: reading };
    case "Amps":
      return { quantity: "current", value: reading };
    case "Watts":
      return { quantity: "power", value: reading };
    case "percent":
    case "% percent":
      return { quantity: /fan/i.test(name) ? "fanRatio" : "other", value: reading / 100 };
    default:
      return { quantity: "other", value: reading };
  }
}

/**
 * Upper critical limits of temperatures from `sensor -c`: name, value, unit, state, and six limits of which this is the fifth. In the order
 * of the lines, since several may have one name.
 */
export function parseLimits(csv: string): { name: string; celsius: number }[] {
  return csv.split("\n").flatMap((line) => {
    const cells = line.split(",");
    const name = cells.slice(0, -LIMIT_COLUMNS).join(",").trim();
    const [, unit = "", , , , , , critical = ""] = cells.slice(-LIMIT_COLUMNS).map((cell) => cell.trim());
    if (name === "" || !unit.startsWith("degrees")) return [];
    const value = critical === "" ? Number.NaN : Number(critical);
    if (!Number.isFinite(value)) return [];
    return [{ name, celsius: unit === "degrees F" ? ((value - 32) * 5) / 9 : value }];
  });
}
