import { matchesGlob } from "../../plugins/sdk/globs";
import type { Labels } from "../../plugins/sdk/plugin";
import type { Matcher, ValuePart } from "./shapes/rule";

/** Whether a value is beyond its limit. What was stays so until `clear`, so that a value at the limit does not flutter. @param before as it was judged last */
export function isBeyond(
  { is, upper, clear }: Pick<ValuePart, "is" | "upper" | "clear">,
  { value, limit, before }: { value: number; limit: number; before: boolean },
): boolean {
  switch (is) {
    case "above":
      return value > (before ? (clear ?? limit) : limit);
    case "below":
      return value < (before ? (clear ?? limit) : limit);
    case "outside": {
      const inside = before ? (clear ?? 0) : 0;
      return value < limit + inside || value > (upper ?? limit) - inside;
    }
    case "equal":
      return value === limit;
    case "unequal":
      return value !== limit;
    default:
      return is satisfies never;
  }
}

/** How far out a value is, for "has it become worse?": larger is worse. Of what is equal or not, nothing is worse than another. */
export function badness({ is, upper }: Pick<ValuePart, "is" | "upper">, value: number, limit: number): number {
  if (is === "above") return value - limit;
  if (is === "below") return limit - value;
  if (is === "outside") return Math.max(limit - value, value - (upper ?? limit));
  return 0;
}

/** A series without the label has it as "". */
export function matches(labels: Labels, matchers: readonly Matcher[]): boolean {
  return matchers.every(({ label, op, value }) => {
    const has = labels[label] ?? "";
    if (op === "is") return has === value;
    if (op === "is_not") return has !== value;
    return matchesGlob(has, value) === (op === "like");
  });
}
