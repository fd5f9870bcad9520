"use client";

import { useMemo, useState } from "react";
import { MetricChart } from "@/components/charts/MetricChart";
import type { TimeBand } from "@/components/charts/paint";
import type { MetricUnits, RulePart, RulePreview } from "@/components/data/outputs";
import { useRange } from "@/components/data/range-query";
import { type TimeRange, windowOf } from "@/components/data/time-range";
import { nameLines } from "@/components/instance/line-labels";
import { humanName } from "@/components/names";
import { FilterSelect } from "@/components/ui/FilterSelect";
import { Segmented } from "@/components/ui/Segmented";
import { serverNow, useNow } from "@/components/ui/use-now";
import type { Severity } from "../severity";
import { type Episode, episodeBands, limitsOf } from "./preview-marks";

interface Props {
  /** Of one instance and one condition. */
  readonly lines: RulePreview["lines"];
  readonly part: RulePart | undefined;
  readonly units: MetricUnits;
  readonly episodes: readonly Episode[];
  readonly severity: Severity;
  readonly subjects: readonly { readonly value: string; readonly name: string }[];
  onSubject(subject: string): void;
}

const SPANS = [
  { value: "day", name: "24 h", ms: 86_400_000 },
  { value: "week", name: "7 d", ms: 7 * 86_400_000 },
  { value: "month", name: "30 d", ms: 30 * 86_400_000 },
] as const;
const MOST_LINES = 60;
/** Charts wait for a minute of new samples; this one is only looked at. */
const INTERVAL_MS = 60_000;

/** The past of what a condition looks at, its limit as a line, and bands where it would have fired. */
export function PreviewChart({ lines, part, units, episodes, severity, subjects, onSubject }: Props) {
  const [span, setSpan] = useState<(typeof SPANS)[number]>(SPANS[0]);
  const [subject] = lines;
  const metric = subject?.metric ?? "";
  const instance = subject?.instanceId ?? "";
  const selection = useMemo(() => ({ instance, metrics: [metric], maxLines: MOST_LINES }), [instance, metric]);
  const range = useMemo((): TimeRange => ({ kind: "last", ms: span.ms }), [span]);
  const { data, isPending, isPlaceholderData, error } = useRange(selection, range, INTERVAL_MS, true);
  const wanted = useMemo(() => new Set(lines.map(({ series }) => series)), [lines]);
  const drawn = useMemo(() => {
    const read = (data?.lines ?? []).filter(({ series }) => wanted.has(series));
    const names = nameLines(read, [], "");
    return read.map(({ series, avg, min, max }, index) => ({
      key: String(series),
      label: names[index] ?? "",
      avg,
      min,
      max,
    }));
  }, [data, wanted]);
  const bands = useMemo((): TimeBand[] => episodeBands(episodes, instance, severity), [episodes, instance, severity]);
  const now = useNow(0) || serverNow();
  const shown = windowOf(range, now);
  if (!part || part.kind === "failing") return null;
  return (
    <div className="flex flex-col gap-2">
      <div className="flex items-center gap-2">
        {subjects.length > 1 ? (
          <FilterSelect
            label={subjects[0]?.name ?? ""}
            value={
              subjects.some(({ value }) => value === `${instance} ${subject?.part}`)
                ? `${instance} ${subject?.part}`
                : ""
            }
            options={subjects}
            onChange={onSubject}
          />
        ) : null}
        <span className="ms-auto">
          <Segmented
            label="Span"
            value={span.value}
            options={SPANS}
            onChange={(value) => setSpan(SPANS.find((one) => one.value === value) ?? SPANS[0])}
          />
        </span>
      </div>
      <MetricChart
        title={humanName(metric)}
        unit={units[metric]?.unit ?? "count"}
        from={shown.from}
        to={shown.to}
        gridFrom={data?.from ?? 0}
        stepMs={data?.stepMs ?? 1_000}
        lines={drawn}
        bands={bands}
        limits={limitsOf(part, lines, severity)}
        loading={isPending || isPlaceholderData}
        error={error?.message ?? null}
      />
    </div>
  );
}
