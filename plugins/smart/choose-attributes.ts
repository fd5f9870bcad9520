import type { Attribute } from "./answer";
import type { Config } from "./config";

/**
 * Those that speak of failing (5, 10, 184, 187, 188, 196 to 198), of cables (199) and of wear (169, 177, 202, 231 to 233). Not 1 and 7: on Seagate
 * disks their raw values are packed and frighten without reason.
 */
const IMPORTANT = new Set([5, 10, 169, 177, 184, 187, 188, 196, 197, 198, 199, 202, 231, 232, 233]);

/** More rows than this from one machine are a fault: 60 disks with 30 each. */
export const MAX_ATTRIBUTES = 2_000;

export function chooseAttributes(all: readonly Attribute[], setting: Config["attributes"]): readonly Attribute[] {
  if (setting === "none") return [];
  const wanted = setting === "all" ? all : all.filter(({ id }) => IMPORTANT.has(id));
  // A disk that repeats an id would have the same series twice.
  return wanted.filter(({ id }, index) => wanted.findIndex((other) => other.id === id) === index);
}
