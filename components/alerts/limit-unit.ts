import type { MetricUnits, RulePart } from "@/components/data/outputs";

export type ValuePart = Extract<RulePart, { kind: "value" }>;
export type TakeKind = ValuePart["take"]["kind"];

/** The unit of what a condition compares: not always that of the metric. */
export function limitUnit(take: TakeKind, metric: MetricUnits[string] | undefined): string {
  const { unit, ownUnit, kind } = metric ?? { unit: "count", ownUnit: "count", kind: "gauge" };
  switch (take) {
    case "changes":
    case "score":
      return "count";
    case "ratio":
      return "ratio";
    case "increase": {
      // A counter is stored by the second; what it counted in a window is in its own unit.
      const counted = kind === "counter" ? ownUnit : unit;
      return counted === "bool" ? "count" : counted;
    }
    case "sum":
    case "rate":
      return unit === "bool" ? "count" : unit;
    default:
      return unit;
  }
}
