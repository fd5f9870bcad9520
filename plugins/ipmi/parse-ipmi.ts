import type { FaultKind, Supply } from "./bmc";

/** `Key : value`, a line each, as most commands print. */
export function parseFields(text: string): Map<string, string> {
  return new Map(
    text.split("\n").flatMap((line) => {
      const colon = line.indexOf(":");
      return colon > 0 ? [[line.slice(0, colon).trim(), line.slice(colon + 1).trim()] as const] : [];
    }),
  );
}

const FAULT_NAMES: Readonly<Record<FaultKind, readonly [field: string, fault: string, well: string]>> = {
  power_overload: ["Power Overload", "true", "false"],
  main_power: ["Main Power Fault", "true", "false"],
  drive: ["Drive Fault", "true", "false"],
  cooling: ["Cooling/Fan Fault", "true", "false"],
  intrusion: ["Chassis Intrusion", "active", "inactive"],
};

/** Of `chassis status`. */
export function parseChassis(text: string): { isOn: boolean | undefined; faults: Partial<Record<FaultKind, boolean>> } {
  const fields = parseFields(text);
  const power = fields.get("System Power");
  const faults: Partial<Record<FaultKind, boolean>> = {};
  for (const [kind, [field, fault, well]] of entriesOf(FAULT_NAMES)) {
    const said = fields.get(field);
    if (said === fault || said === well) faults[kind] = said === fault;
  }
  return { isOn: power === "on" ? true : power === "off" ? false : undefined, faults };
}

/** What is wrong with a power supply, in ipmitool's words for sensor type 08h. IPMI 2.0, table 42-3. */
const FAILED = /failure detected|predictive failure|input lost|ac lost|out-of-range|config(uration)? error|inactive/i;

/** `PS1 Status | C8h | ok | 10.1 | Presence detected, Failure detected`. One that is not plugged in says nothing. */
export function parseSupplies(text: string): Supply[] {
  return text.split("\n").flatMap((line) => {
    const cells = line.split("|").map((cell) => cell.trim());
    const [name = "", , , , said = ""] = cells;
    if (cells.length < 5 || name === "" || !/presence detected|fail|lost|error/i.test(said)) return [];
    return [{ name, isOk: !FAILED.test(said) }];
  });
}

/** `Instantaneous power reading: 140 Watts`. */
export function parseDcmi(text: string): number | undefined {
  const [, watts] = /Instantaneous power reading:\s*(\d+)\s*Watts/i.exec(text) ?? [];
  return watts === undefined ? undefined : Number(watts);
}

const entriesOf = <K extends string, V>(record: Readonly<Record<K, V>>) => Object.entries(record) as [K, V][];
