"use client";

import { memo, useCallback, useDeferredValue, useMemo, useState } from "react";
import type { AlertBand } from "@/components/alerts/alert-bands";
import type { TimeBand } from "@/components/charts/paint";
import type { MetricInfo } from "@/components/data/outputs";
import { useRange } from "@/components/data/range-query";
import type { TimeRange } from "@/components/data/time-range";
import { Board } from "./Board";
import { type ChartPlan, filterCharts, planCharts } from "./chart-plan";
import { FactCards } from "./FactCards";
import { FilterBox } from "./FilterBox";
import { failedBands } from "./failed-bands";
import { InstanceChart } from "./InstanceChart";
import { Section } from "./Section";
import { useAlertBands } from "./use-alert-bands";
import { type InstanceShape, selectShape, useInstance } from "./use-instance";
import { useZoom } from "./use-zoom";

/** With fewer charts everything is found by looking. */
const FILTER_FROM = 9;

export function ChartsTab({ id, rendered }: { id: string; rendered: number }) {
  const shape = useInstance(id, selectShape);
  return shape ? <Charts id={id} shape={shape} rendered={rendered} /> : null;
}

function Charts({ id, shape, rendered }: { id: string; shape: InstanceShape; rendered: number }) {
  const { plugin, board, metrics, intervalSeconds } = shape;
  const { range, zoom, reset } = useZoom();
  const plans = useMemo(() => planCharts(shape), [shape]);
  const failed = useFailedBands(id, range, intervalSeconds);
  const fired = useAlertBands(id, range);
  const [text, setText] = useState("");
  const wanted = useDeferredValue(text);
  const all = [...plans.board, ...plans.sections.flatMap(({ charts }) => charts)];
  const found = filterCharts(all, wanted).length;
  const draw = { id, plugin, metrics, intervalSeconds, range, failed, fired, zoom, reset };
  const clear = useCallback(() => setText(""), []);

  return (
    <div className="flex flex-col gap-3">
      <Board {...{ id, board, metrics, intervalSeconds, rendered }} />
      {all.length >= FILTER_FROM ? (
        <FilterBox text={text} onChange={setText} onClear={clear} found={found} of={all.length} />
      ) : null}
      <ChartGrid charts={filterCharts(plans.board, wanted)} {...draw} />
      {plans.sections.map(({ title, charts }) => {
        const shown = filterCharts(charts, wanted);
        return shown.length === 0 ? null : (
          <Section key={title} title={title}>
            <ChartGrid charts={shown} {...draw} />
          </Section>
        );
      })}
      {wanted.trim() === "" ? <FactCards {...{ id, plugin, metrics, intervalSeconds, rendered }} /> : null}
      {plans.absent.length > 0 && wanted.trim() === "" ? (
        <p className="pt-2 text-xs text-muted">Nothing was reported yet for: {plans.absent.join(", ")}.</p>
      ) : null}
    </div>
  );
}

/** When runs failed, for all charts of the page at once: from the series of 1 and 0 that every instance has. */
function useFailedBands(instance: string, range: TimeRange, intervalSeconds: number): readonly TimeBand[] {
  const selection = useMemo(() => ({ instance, metrics: ["unity_collector_up"], maxLines: 1 }), [instance]);
  const { data } = useRange(selection, range, intervalSeconds * 1_000, true);
  const bands = useMemo(() => (data ? failedBands(data) : NONE), [data]);
  // Every run brings new data; the charts are only drawn anew for it when a stretch changed.
  const key = JSON.stringify(bands);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the bands.
  return useMemo(() => bands, [key]);
}
const NONE: readonly TimeBand[] = [];

interface GridProps {
  readonly charts: readonly ChartPlan[];
  readonly id: string;
  readonly plugin: string;
  readonly metrics: readonly MetricInfo[];
  readonly intervalSeconds: number;
  readonly range: TimeRange;
  readonly failed: readonly TimeBand[];
  readonly fired: readonly AlertBand[];
  zoom(from: number, to: number): void;
  reset(): void;
}

const ChartGrid = memo(function ChartGrid({ charts, id, metrics, ...rest }: GridProps) {
  const labels = useMemo(() => new Map(metrics.map((metric) => [metric.name, metric.labels])), [metrics]);
  if (charts.length === 0) return null;
  return (
    // As many columns for one chart as for ten: instants stand above each other down the page.
    <div className="grid items-start gap-3 lg:grid-cols-2 2xl:grid-cols-3">
      {charts.map((plan) => (
        <InstanceChart
          key={plan.key}
          instance={id}
          plan={plan}
          labels={labels.get(plan.metrics[0] ?? "") ?? NO_LABELS}
          {...rest}
        />
      ))}
    </div>
  );
});
const NO_LABELS: readonly string[] = [];
