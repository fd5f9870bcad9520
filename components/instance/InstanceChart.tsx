"use client";

import { useRouter } from "next/navigation";
import { memo, useMemo, useRef, useState } from "react";
import { useMe } from "@/components/account/use-me";
import { type AlertBand, bandsOf } from "@/components/alerts/alert-bands";
import { MetricChart } from "@/components/charts/MetricChart";
import type { TimeBand } from "@/components/charts/paint";
import { useOnScreen } from "@/components/charts/use-on-screen";
import { useRange } from "@/components/data/range-query";
import { type TimeRange, windowOf } from "@/components/data/time-range";
import { Card } from "@/components/ui/Card";
import { serverNow, useNow } from "@/components/ui/use-now";
import type { ChartPlan } from "./chart-plan";
import { nameLines } from "./line-labels";
import { orderLines } from "./order-lines";

interface Props {
  readonly instance: string;
  readonly plugin: string;
  readonly plan: ChartPlan;
  /** Label names of the plan's metrics, as declared. */
  readonly labels: readonly string[];
  readonly intervalSeconds: number;
  readonly range: TimeRange;
  /** When its runs failed, and when its alerts fired. */
  readonly failed: readonly TimeBand[];
  readonly fired: readonly AlertBand[];
  zoom(from: number, to: number): void;
  reset(): void;
}

/** So many lines are asked for at first: as many as a chart draws. */
const LINES = 12;
const ALL_LINES = 60;
/** Of the plot, pixels: what is only yes or no needs little. */
const heightOf = ({ unit }: ChartPlan) => (unit === "bool" ? 72 : 168);
/** Of the card around the plot. */
const AROUND_PX = 82;

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
        // As high as what will stand here, so that nothing moves.
        <Card padding="none" className="px-4 pt-3" style={{ height: heightOf(props.plan) + AROUND_PX }}>
          <p className="flex h-7 items-center truncate text-sm font-medium">{props.plan.title}</p>
        </Card>
      )}
    </div>
  );
});

function DrawnChart({ instance, plugin, plan, labels, intervalSeconds, range, failed, fired, zoom, reset }: Props) {
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
    const named = read.map(({ series, metric, avg, min, max }, index) => ({
      ...{ key: String(series), metric, label: names[index] ?? "" },
      avg,
      min,
      max,
    }));
    return orderLines(named, plan.metrics);
  }, [data, labels, plugin, plan]);
  const router = useRouter();
  const mayEdit = useMe().may("edit");
  const actions = useMemo(
    () => (mayEdit ? [{ name: "New alert from here", run: () => router.push(newRuleHref(instance, plan)) }] : []),
    [mayEdit, router, instance, plan],
  );
  const bands = useMemo(() => [...failed, ...bandsOf(fired, plan)], [failed, fired, plan]);
  const now = useNow(0) || serverNow();
  const shown = windowOf(range, now);
  return (
    <MetricChart
      title={plan.title}
      description={plan.description}
      unit={plan.unit}
      height={heightOf(plan)}
      stacked={plan.stacked}
      from={shown.from}
      to={shown.to}
      gridFrom={data?.from ?? 0}
      stepMs={data?.stepMs ?? 1_000}
      lines={lines}
      total={data?.total ?? 0}
      bands={bands}
      live={range.kind === "last"}
      loading={isPending || isPlaceholderData}
      error={error?.message ?? null}
      syncKey="page"
      actions={actions}
      onShowAll={() => setAll(true)}
      onZoom={zoom}
      onReset={reset}
      onScreenChange={setVisible}
    />
  );
}

/** The editor of a new rule, filled in with what the chart shows. */
function newRuleHref(instance: string, { metrics, where }: ChartPlan): string {
  const params = new URLSearchParams({ instance, metric: metrics[0] ?? "" });
  for (const [label, value] of Object.entries(where)) params.set(`label.${label}`, value);
  return `/alerts/rules/new?${params}`;
}
