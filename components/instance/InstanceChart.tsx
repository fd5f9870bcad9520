"use client";

import { memo, useMemo, useRef, useState } from "react";
import { MetricChart } from "@/components/charts/MetricChart";
import type { TimeBand } from "@/components/charts/paint";
import { useOnScreen } from "@/components/charts/use-on-screen";
import { useRange } from "@/components/data/range-query";
import { type TimeRange, windowOf } from "@/components/data/time-range";
import { Card } from "@/components/ui/Card";
import type { ChartPlan } from "./chart-plan";
import { nameLines } from "./line-labels";

interface Props {
  readonly instance: string;
  readonly plugin: string;
  readonly plan: ChartPlan;
  /** Label names of the plan's metrics, as declared. */
  readonly labels: readonly string[];
  readonly intervalSeconds: number;
  readonly range: TimeRange;
  readonly bands: readonly TimeBand[];
  zoom(from: number, to: number): void;
  reset(): void;
}

/** So many lines are asked for at first: as many as a chart draws. */
const LINES = 12;
const ALL_LINES = 60;
/** A card with its plot, so that nothing moves when it comes. */
const CARD_HEIGHT = "h-[250px]";

/** A chart that is not there until it is almost in view: a page of sixty costs what the six in sight do. */
export const InstanceChart = memo(function InstanceChart(props: Props) {
  const place = useRef<HTMLDivElement>(null);
  const near = useOnScreen(place, "600px");
  const [begun, setBegun] = useState(false);
  if (near && !begun) setBegun(true);
  return (
    <div ref={place} className="min-w-0">
      {begun ? (
        <DrawnChart {...props} />
      ) : (
        <Card padding="none" className={`${CARD_HEIGHT} px-4 pt-3`}>
          <p className="flex h-7 items-center truncate text-sm font-medium">{props.plan.title}</p>
        </Card>
      )}
    </div>
  );
});

function DrawnChart({ instance, plugin, plan, labels, intervalSeconds, range, bands, zoom, reset }: Props) {
  const [visible, setVisible] = useState(false);
  const [all, setAll] = useState(false);
  const selection = useMemo(
    () => ({
      instance,
      metrics: [...plan.metrics],
      where: plan.where,
      maxLines: all ? ALL_LINES : LINES,
    }),
    [instance, plan, all],
  );
  const { data, isPending, isPlaceholderData, error } = useRange(selection, range, intervalSeconds * 1_000, visible);
  const lines = useMemo(() => {
    const read = data?.lines ?? [];
    const names = nameLines(read, labels, plugin);
    return read.map(({ series, avg, min, max }, index) => ({
      key: String(series),
      label: names[index] ?? "",
      avg,
      min,
      max,
    }));
  }, [data, labels, plugin]);
  const grid = data ?? { from: 0, stepMs: 1_000, length: 0 };
  // Until a new window's data are there, the old ones stand where they belong in it.
  const running = range.kind === "last" && data && !isPlaceholderData;
  const shown = running ? { from: grid.from, to: grid.from + grid.length * grid.stepMs } : windowOf(range, Date.now());

  return (
    <MetricChart
      title={plan.title}
      description={plan.description}
      unit={plan.unit}
      stacked={plan.stacked}
      from={shown.from}
      to={shown.to}
      gridFrom={grid.from}
      stepMs={grid.stepMs}
      lines={lines}
      total={data?.total ?? 0}
      bands={bands}
      live={range.kind === "last"}
      loading={isPending || isPlaceholderData}
      error={error?.message ?? null}
      syncKey="page"
      onShowAll={() => setAll(true)}
      onZoom={zoom}
      onReset={reset}
      onScreenChange={setVisible}
    />
  );
}
