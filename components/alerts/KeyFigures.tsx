import type { OpenAlert, PastAlert } from "@/components/data/outputs";
import { formatText } from "@/components/format";
import { Value } from "@/components/ui/Value";
import type { Head } from "./AlertHeader";
import { useLiveValue } from "./use-live-value";

interface Props {
  readonly head: Pick<Head, "unit" | "value" | "limit" | "worst"> & Partial<Pick<OpenAlert, "series">>;
  readonly fired: PastAlert | null;
}

/** Value against limit, in large. What is only yes or no has said it in its sentence. */
export function KeyFigures({ head, fired }: Props) {
  const { unit, limit, worst } = head;
  const value = useLiveValue(head);
  if (unit === "bool" || value === null) return null;
  const shown = formatText(value, unit);
  /** To the eye: what would be written the same is said once. */
  const differs = (other: number | null) => other !== null && formatText(other, unit) !== shown;
  const figures = [
    { name: fired?.endedAt === null || !fired ? "Now" : "When it fired", value },
    { name: "Limit", value: limit },
    ...(fired && fired.endedAt === null && fired.value !== value
      ? [{ name: "When it fired", value: fired.value }]
      : []),
    ...(differs(worst) ? [{ name: "Worst", value: worst }] : []),
  ].filter((figure) => figure.value !== null);
  return (
    <dl className="flex flex-wrap gap-x-8 gap-y-3 pl-7">
      {figures.map((figure) => (
        <div key={figure.name}>
          <dt className="text-xs text-muted">{figure.name}</dt>
          <dd>
            <Value value={figure.value} unit={unit} className="text-xl font-semibold" />
          </dd>
        </div>
      ))}
    </dl>
  );
}
