"use client";

import { evaluateFigure } from "@/components/data/figures";
import type { BoardItem, Figure, SeriesInfo } from "@/components/data/outputs";
import { formatRelative, formatText } from "@/components/format";
import { Card } from "@/components/ui/Card";
import { Meter } from "@/components/ui/Meter";

interface Props {
  readonly board: readonly BoardItem[];
  readonly series: readonly SeriesInfo[];
  readonly now: number;
}

/** The plugin's key figures. Each keeps its place before there is a value. */
export function BoardMeters({ board, series, now }: Props) {
  const figures = board.flatMap((item) => (item.type === "meter" ? [item.figure] : []));
  if (figures.length === 0) return null;
  const latest = new Map(series.flatMap((one) => (one.latest ? [[one.series, one.latest] as const] : [])));
  return (
    <div className="grid grid-cols-[repeat(auto-fit,minmax(132px,1fr))] gap-3">
      {figures.map((figure) => (
        <FigureCard key={figure.title} figure={figure} latest={latest} now={now} />
      ))}
    </div>
  );
}

function FigureCard({
  figure,
  latest,
  now,
}: {
  figure: Figure;
  latest: Parameters<typeof evaluateFigure>[1];
  now: number;
}) {
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
        detail={stale && at !== null ? formatRelative(at, now) : (endOf(figure, latest) ?? "\u00a0")}
      />
    </Card>
  );
}

/** "of 12" where the meter runs to another figure. */
function endOf({ max, unit, combine }: Figure, latest: Parameters<typeof evaluateFigure>[1]): string | null {
  if (!Array.isArray(max)) return null;
  const { value } = evaluateFigure(
    { title: "", unit, combine, series: max, max: null, warn: null, bad: null, lowIsBad: false, staleAfterMs: 0 },
    latest,
    0,
  );
  return value === null ? null : `of ${formatText(value, unit)}`;
}
