"use client";

import { evaluateFigure } from "@/components/data/figures";
import type { Figure, MetricInfo, SeriesInfo } from "@/components/data/outputs";
import { formatRelative, formatText } from "@/components/format";
import { Card } from "@/components/ui/Card";
import { Meter } from "@/components/ui/Meter";
import { tellingLabel } from "./telling-label";

interface Props {
  readonly figure: Figure;
  readonly series: readonly SeriesInfo[];
  readonly metrics: readonly MetricInfo[];
  readonly now: number;
}

/** One of the plugin's key figures. It keeps its place before there is a value. */
export function FigureCard({ figure, series, metrics, now }: Props) {
  const ids = new Set([...figure.series, ...(Array.isArray(figure.max) ? figure.max : [])]);
  const latest = new Map(
    series.flatMap((one) => (one.latest && ids.has(one.series) ? [[one.series, one.latest] as const] : [])),
  );
  const { value, at, fill, tone, stale } = evaluateFigure(figure, latest, now);
  return (
    <Card padding="small" className="min-w-0 px-4">
      <Meter
        layout="card"
        title={figure.title}
        value={value}
        unit={figure.unit}
        fill={fill}
        tone={tone}
        stale={stale}
        detail={
          stale && at !== null
            ? formatRelative(at, now)
            : (endOf(figure, latest) ?? ofWhich(figure, value, series, metrics) ?? "\u00a0")
        }
      />
    </Card>
  );
}

type Latest = Parameters<typeof evaluateFigure>[1];

/** "of 12" where the meter runs to another figure. */
function endOf({ max, unit, combine }: Figure, latest: Latest): string | null {
  if (!Array.isArray(max)) return null;
  const { value } = evaluateFigure(
    { title: "", unit, combine, series: max, max: null, warn: null, bad: null, lowIsBad: false, staleAfterMs: 0 },
    latest,
    0,
  );
  return value === null ? null : `of ${formatText(value, unit)}`;
}

/** The series that the value is of, or how many it is made of. */
function ofWhich(
  { combine, series: ids }: Figure,
  value: number | null,
  series: readonly SeriesInfo[],
  metrics: readonly MetricInfo[],
): string | null {
  const wanted = new Set(ids);
  const own = series.filter((one) => wanted.has(one.series) && one.latest !== null);
  if (value === null || own.length === 0) return null;
  if (combine === "sum" || combine === "avg")
    return own.length > 1 ? `${combine === "sum" ? "sum" : "mean"} of ${own.length}` : null;
  const found = own.find(({ latest }) => latest?.value === value);
  return found ? tellingLabel(found, metrics) || null : null;
}
