import type { Unit } from "../../plugins/sdk/units";
import type { Take } from "../alerts/shapes/rule";
import { storedUnit } from "./figures";

type Spec = { readonly kind: string; readonly unit: Unit };

/** The unit of what a rule compares: of a counter's increase it is the counter's own, of a score there is none. */
export function unitOfTake(spec: Spec, { kind }: Take): string {
  switch (kind) {
    case "last":
    case "avg":
    case "min":
    case "max":
    case "sum":
    case "p95":
    case "forecast":
      return storedUnit(spec);
    case "increase":
      return spec.unit === "bool" ? "count" : spec.unit;
    case "changes":
    case "score":
      return "count";
    case "rate":
      return rateUnit(storedUnit(spec));
    case "ratio":
      return "ratio";
    default:
      return kind satisfies never;
  }
}

/** True when a limit on it can be drawn as a line among what was measured. */
export const isOnAxis = ({ kind }: Take): boolean =>
  kind === "last" || kind === "avg" || kind === "min" || kind === "max" || kind === "p95";

function rateUnit(stored: string): string {
  if (stored === "bytes") return "bytes_per_second";
  return stored === "count" || stored === "bool" ? "count_per_second" : "count";
}
