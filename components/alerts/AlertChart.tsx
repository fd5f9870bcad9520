"use client";

import { useMemo, useState } from "react";
import { MetricChart } from "@/components/charts/MetricChart";
import type { TimeBand } from "@/components/charts/paint";
import type { AlertDetail } from "@/components/data/outputs";
import { useRange } from "@/components/data/range-query";
import { type TimeRange, windowOf, zoomTo } from "@/components/data/time-range";
import { nameLines } from "@/components/instance/line-labels";
import { humanName } from "@/components/names";
import { serverNow, useNow } from "@/components/ui/use-now";
import type { Head } from "./AlertHeader";
import { alertWindow } from "./alert-window";

interface Props {
  readonly detail: AlertDetail;
  readonly head: Head;
}

/** The page has no cadence of its own: live samples are taken as they come. */
const INTERVAL_MS = 10_000;
const LINES = 12;

/** What the rule looked at, with the time that it fired behind and its limit across. */
export function AlertChart({ detail, head }: Props) {
  const { chart } = detail;
  if (!chart) return null;
  return <Drawn chart={chart} detail={detail} head={head} />;
}

function Drawn({ chart, detail, head }: Props & { chart: NonNullable<AlertDetail["chart"]> }) {
  const { open, fired, at } = detail;
  const { instanceId, labels, severity, limit, ruleName, plugin } = head;
  const firedAt = fired?.firedAt ?? open?.firedAt ?? null;
  const endedAt = fired?.endedAt ?? null;
  const [whole] = useState(() =>
    alertWindow({ began: firedAt ?? open?.since ?? at, ended: open ? null : endedAt, at }),
  );
  const [range, setRange] = useState<TimeRange>(whole);
  const [visible, setVisible] = useState(false);
  const wanted = JSON.stringify([instanceId, chart.metric, labels]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the text stands for what is selected.
  const selection = useMemo(
    () => ({ instance: instanceId, metrics: [chart.metric], where: labels, maxLines: LINES }),
    [wanted],
  );
  const { data, isPending, isPlaceholderData, error } = useRange(selection, range, INTERVAL_MS, visible);
  const lines = useMemo(() => {
    const read = data?.lines ?? [];
    const names = nameLines(read, [], plugin ?? "");
    return read.map(({ series, avg, min, max }, index) => ({
      key: String(series),
      label: read.length > 1 ? (names[index] ?? "") : "",
      avg,
      min,
      max,
    }));
  }, [data, plugin]);
  const bands = useMemo(
    (): TimeBand[] => (firedAt === null ? [] : [{ from: firedAt, to: endedAt, severity, label: ruleName }]),
    [firedAt, endedAt, severity, ruleName],
  );
  const limits = useMemo(
    () => (chart.comparable && limit !== null ? [{ value: limit, severity }] : []),
    [chart.comparable, limit, severity],
  );
  const shown = windowOf(range, useNow(0) || serverNow());
  return (
    <MetricChart
      title={head.metric === null ? "Could be asked" : humanName(chart.metric, plugin ?? "")}
      unit={chart.unit}
      height={chart.unit === "bool" ? 96 : 220}
      from={shown.from}
      to={shown.to}
      gridFrom={data?.from ?? 0}
      stepMs={data?.stepMs ?? 1_000}
      lines={lines}
      total={data?.total ?? 0}
      bands={bands}
      limits={limits}
      live={range.kind === "last"}
      loading={isPending || isPlaceholderData}
      error={error?.message ?? null}
      onZoom={(from, to) => setRange(zoomTo(from, to))}
      onReset={() => setRange(whole)}
      onScreenChange={setVisible}
    />
  );
}
