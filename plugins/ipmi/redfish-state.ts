import type { State } from "./bmc";
import type { Status } from "./redfish-shapes";

const HEALTH: Readonly<Record<string, State>> = { OK: 0, Warning: 1, Critical: 2 };

/** By the part's own verdict; where it has none, by its limits. */
export function stateOf(
  status: Status,
  value: number,
  { caution, critical }: { caution?: number | null | undefined; critical?: number | null | undefined } = {},
): State {
  const said = status?.Health ?? "";
  const known = Object.hasOwn(HEALTH, said) ? HEALTH[said] : undefined;
  if (known !== undefined) return known;
  // Zero stands for none.
  if (critical && value >= critical) return 2;
  return caution && value >= caution ? 1 : 0;
}

/** Undefined where a part has no verdict. */
export function isWell(status: Status): boolean | undefined {
  const said = status?.HealthRollup ?? status?.Health;
  return said === "OK" ? true : said === "Warning" || said === "Critical" ? false : undefined;
}
