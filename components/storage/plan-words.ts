import type { StoragePlan } from "@/components/data/outputs";
import { formatDuration, formatText } from "@/components/format";

export interface PlanWords {
  readonly tone: "ok" | "warn" | "bad";
  readonly title: string;
  readonly detail: string | null;
}

/** What a plan means. @param asked what is set, to say what is shorter than that */
export function planWords(
  { kept, cost, asSet, shortened, fits }: StoragePlan,
  asked: { readonly rawDays: number; readonly hourlyDays: number; readonly budgetBytes: number | null },
): PlanWords {
  const size = formatText(cost.bytes, "bytes");
  if (asked.budgetBytes === null) return { tone: "ok", title: `It levels off at ${size}`, detail: null };
  const budget = formatText(asked.budgetBytes, "bytes");
  if (!shortened) return { tone: "ok", title: `It fits: ${size} of ${budget}`, detail: null };
  const changes = [
    kept.rawDays < asked.rawDays ? `exact samples ${days(kept.rawDays)} instead of ${days(asked.rawDays)}` : null,
    kept.hourlyDays < asked.hourlyDays
      ? `hourly averages ${days(kept.hourlyDays)} instead of ${days(asked.hourlyDays)}`
      : null,
  ].filter((change) => change !== null);
  const shorter = changes.length > 0 ? changes.join(", ") : "exact samples of some plugins shorter";
  if (fits)
    return {
      tone: "warn",
      title: `To stay under ${budget}, some of it is kept shorter`,
      detail: `Kept are ${shorter}. As it is set, it would come to ${formatText(asSet.bytes, "bytes")}.`,
    };
  return {
    tone: "bad",
    title: `It does not fit into ${budget}`,
    detail: `Even with ${shorter}, which is as short as makes sense, it comes to ${size}. Raise the budget, collect less often, or remove instances.`,
  };
}

/** "30 days", "1 year", "5 years": as people say it. */
export function days(count: number): string {
  if (count % 365 === 0) return count === 365 ? "1 year" : `${count / 365} years`;
  return count === 1 ? "1 day" : `${count} days`;
}

/** "30 d", "5 y". */
export function daysShort(count: number): string {
  const { text, unit } = formatDuration(count * 86_400);
  return `${text} ${unit}`.trim();
}
