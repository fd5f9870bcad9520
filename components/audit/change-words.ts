import type { AuditLine } from "@/components/data/outputs";
import { formatExact, formatInstant } from "@/components/format";

type Change = NonNullable<AuditLine["details"]["changes"]>[number];
type Side = Change["before"];

/** What the server writes instead of a secret. */
const HIDDEN = "***";

/** True where a secret was replaced by another one. */
export const isReplacedSecret = ({ before, after }: Change): boolean => before === HIDDEN && after === HIDDEN;

/** One side of a change; null: there was nothing, or there is nothing now. @param path of the change: instants are told by it */
export function sideWords(path: string, side: Side): string | null {
  if (side === undefined || side === null) return null;
  if (Array.isArray(side)) return side.length === 0 ? null : side.map((one) => plainWords(path, one)).join(", ");
  return plainWords(path, side);
}

function plainWords(path: string, value: string | number | boolean | null): string {
  if (value === null) return "nothing";
  if (value === "") return "empty";
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "string") return value;
  if (/(At|Until|until|from|to)$/.test(path) && value > 1e11) return formatInstant(value);
  // Ports and amounts: whatever is short is written as it was typed.
  return Number.isInteger(value) && Math.abs(value) >= 100_000 ? formatExact(value) : String(value);
}
