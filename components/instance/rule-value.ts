import type { MetricInfo, RuleView, SeriesInfo } from "@/components/data/outputs";
import { tellingLabel } from "./telling-label";

export interface RuleValue {
  /** Of the series that is closest to the limit or furthest beyond it. */
  readonly value: number;
  readonly metric: string;
  /** The label that says which it is; "" when there is none. */
  readonly of: string;
  readonly beyond: boolean;
}

/** Where a rule's metric stands now; null when the rule looks at more than a value, or nothing was measured. */
export function ruleValue(
  { parts }: Pick<RuleView, "parts">,
  series: readonly SeriesInfo[],
  metrics: readonly MetricInfo[],
): RuleValue | null {
  const [part, ...more] = parts;
  if (part?.kind !== "value" || more.length > 0 || part.take.kind !== "last" || typeof part.limit !== "number")
    return null;
  const { metric, is, limit, upper = limit, where } = part;
  // What a glob means is for the server to say.
  if (where.some(({ op }) => op === "like" || op === "unlike")) return null;
  const own = series.flatMap(({ metric: name, labels, latest }) =>
    name === metric &&
    latest &&
    where.every(({ label, op, value }) => ((labels[label] ?? "") === value) === (op === "is"))
      ? [{ metric: name, labels, value: latest.value }]
      : [],
  );
  const [first, ...others] = own;
  if (!first) return null;
  const distance = (value: number) => distanceOf(value, { is, limit, upper });
  const worst = others.reduce((top, one) => (distance(one.value) > distance(top.value) ? one : top), first);
  return {
    value: worst.value,
    metric,
    of: tellingLabel(worst, metrics),
    beyond: isBeyond(worst.value, { is, limit, upper }),
  };
}

interface Band {
  readonly is: "above" | "below" | "equal" | "unequal" | "outside";
  readonly limit: number;
  readonly upper: number;
}

/** How far out: larger is worse. */
function distanceOf(value: number, { is, limit, upper }: Band): number {
  switch (is) {
    case "above":
      return value;
    case "below":
      return -value;
    case "equal":
      return -Math.abs(value - limit);
    case "unequal":
      return Math.abs(value - limit);
    case "outside":
      return Math.max(limit - value, value - upper);
    default:
      return is satisfies never;
  }
}

function isBeyond(value: number, { is, limit, upper }: Band): boolean {
  switch (is) {
    case "above":
      return value > limit;
    case "below":
      return value < limit;
    case "equal":
      return value === limit;
    case "unequal":
      return value !== limit;
    case "outside":
      return value < limit || value > upper;
    default:
      return is satisfies never;
  }
}
