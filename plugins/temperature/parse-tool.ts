import { z } from "zod";
import { kindOf } from "./kinds";
import { distinguish, nameSensor } from "./names";
import { cleanName, groupItems, parseLimit } from "./parse";
import type { Value } from "./sensor";
import { makeValue } from "./value";

/** Chips, their features by label, and what each feature says; numbers are in °C, V, A, W, rpm and percent. */
const Printed = z.record(z.string(), z.record(z.string(), z.union([z.string(), z.record(z.string(), z.unknown())])));

/** A machine with a hundred chips prints a tenth of this. */
const MAX_CHARACTERS = 1_000_000;
/** A JSON text (one without an end takes all that follows), a bracket, a comma, or a run of anything else. */
const TOKEN = /"(?:[^"\\]|\\.)*"?|[{}[\]:,]|[^\s"{}[\]:,]+/gs;
const NUMBER = /^-?\d+(?:\.\d+)?(?:e[-+]?\d+)?$/i;

/**
 * Reads what `sensors -j` prints. Some versions print NaN, a comma too many, or a bare (label): what is no JSON is left out.
 * @throws SyntaxError when it is no JSON even so, ZodError when it is something else
 */
export function parseSensors(text: string, labels: Readonly<Record<string, string>>): Value[] {
  if (text.length > MAX_CHARACTERS) throw new SyntaxError(`This is no list of sensors: ${text.length} characters.`);
  const chips = Object.entries(Printed.parse(JSON.parse(repairJson(text)))).map(([printed, features]) => {
    const name = cleanName(printed);
    const driver = name.split("-")[0] ?? name;
    const sensors = Object.entries(features).flatMap(([label, facts]) =>
      typeof facts === "string" ? [] : parseFeature({ name, driver, disk: "" }, cleanName(label), facts, labels),
    );
    return { name, sensors };
  });
  return distinguish(chips).flatMap(({ sensors }) => sensors);
}

function parseFeature(
  chip: { name: string; driver: string; disk: string },
  label: string,
  facts: Readonly<Record<string, unknown>>,
  labels: Readonly<Record<string, string>>,
): Value[] {
  return groupItems(Object.keys(facts)).map(({ id, quantity, attributes }) => {
    const number = (attribute: string) => {
      const value = Object.hasOwn(facts, `${id}_${attribute}`) ? facts[`${id}_${attribute}`] : undefined;
      return typeof value === "number" && Number.isFinite(value) ? value : undefined;
    };
    const raw = number(attributes.has("input") ? "input" : "average");
    const fault = number("fault");
    const alarms = ["alarm", "max_alarm", "crit_alarm", "emergency_alarm"].flatMap((name) => number(name) ?? []);
    const sensor = {
      chip: chip.name,
      kind: kindOf(chip.driver),
      id,
      // A feature without a name of its own bears its id.
      label: nameSensor(chip, id, label === id ? "" : label, labels),
      quantity,
      max: parseLimit(number("max")),
      critical: parseLimit(number("crit")),
    };
    return makeValue(sensor, {
      raw: raw !== undefined && quantity === "humidity" ? raw / 100 : raw,
      alarm: alarms.length > 0 ? alarms.includes(1) : undefined,
      fault: fault === undefined ? undefined : fault === 1,
    });
  });
}

/** Leaves out words that are no JSON, and commas with nothing before or after them. */
export function repairJson(text: string): string {
  const tokens: string[] = [];
  for (const [token] of text.matchAll(TOKEN)) {
    if (!/^["{}[\]:,]/.test(token) && !NUMBER.test(token)) continue;
    const last = tokens.at(-1) ?? "";
    const closes = /^[}\]]$/.test(token);
    // What should have stood here was left out.
    if (last === ":" && (closes || token === ",")) tokens.push("null");
    if (closes && last === ",") tokens.pop();
    if (token !== "," || !/^[{[,]$/.test(last)) tokens.push(token);
  }
  return tokens.join("");
}
