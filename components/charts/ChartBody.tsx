"use client";

import { type KeyboardEvent, type RefObject, type TouchEvent, useEffect, useMemo, useRef } from "react";
import { type AnyUnit, formatText } from "@/components/format";
import { StatusShape } from "@/components/ui/StatusShape";
import { ChartTable } from "./ChartTable";
import { ChartTooltip } from "./ChartTooltip";
import { type ChartLine, figuresOf, isEmpty } from "./chart-data";
import type { CursorStore } from "./cursor-store";
import type { ChartLimit, TimeBand } from "./paint";
import { AXIS_PX, type Plot } from "./plot";
import { useOnScreen } from "./use-on-screen";
import { usePlot } from "./use-plot";

interface Props {
  readonly title: string;
  readonly unit: AnyUnit;
  readonly from: number;
  readonly to: number;
  readonly gridFrom: number;
  readonly stepMs: number;
  readonly lines: readonly ChartLine[];
  readonly colours: readonly number[];
  readonly height: number;
  readonly stacked?: boolean;
  readonly loading?: boolean;
  readonly error?: string | null;
  readonly syncKey?: string;
  readonly bands: readonly TimeBand[];
  readonly limits?: readonly ChartLimit[];
  readonly live?: boolean;
  readonly store: CursorStore;
  readonly plotRef: RefObject<Plot | null>;
  readonly table: boolean;
  onZoom?(from: number, to: number): void;
  onReset?(): void;
  onScreenChange?(visible: boolean): void;
}

const NO_LIMITS: readonly ChartLimit[] = [];

/** The plot's place: always as high, whatever stands in it. */
export function ChartBody(props: Props) {
  const { title, unit, from, to, gridFrom, stepMs, lines, colours, height, bands, store, plotRef, table } = props;
  const { stacked = false, live = false, loading = false, limits = NO_LIMITS, error, onScreenChange } = props;
  const box = useRef<HTMLDivElement>(null);
  const place = useRef<HTMLDivElement>(null);
  const visible = useOnScreen(box);
  useEffect(() => onScreenChange?.(visible), [visible, onScreenChange]);

  const empty = isEmpty(lines);
  const model = useMemo(
    () => ({ unit, from, to, gridFrom, stepMs, lines, colours, stacked, bands, limits, live }),
    [unit, from, to, gridFrom, stepMs, lines, colours, stacked, bands, limits, live],
  );
  const { plot, failed } = usePlot({
    element: place,
    model,
    height,
    syncKey: props.syncKey,
    active: visible && !table && !empty,
    events: {
      cursor: store,
      zoom: (start, end) => props.onZoom?.(start, end),
      reset: () => props.onReset?.(),
    },
  });
  // The plot changes without a render; each render passes it on.
  useEffect(() => {
    plotRef.current = plot.current;
  });

  const press = (event: KeyboardEvent) => {
    const by = { ArrowLeft: -1, ArrowRight: 1, PageUp: -20, PageDown: 20 }[event.key];
    if (event.key === "Escape") plot.current?.point(null);
    if (by === undefined) return;
    event.preventDefault();
    plot.current?.point({ by });
  };
  const scrub = (event: TouchEvent<HTMLDivElement>) => {
    const touch = event.touches[0];
    if (!touch || !place.current) return;
    const { left, width } = place.current.getBoundingClientRect();
    const share = (touch.clientX - left - AXIS_PX) / Math.max(1, width - AXIS_PX - 10);
    plot.current?.point({ share: Math.min(1, Math.max(0, share)) });
  };

  const problem = error ?? (failed ? "The chart's code could not be loaded. Reload the page." : null);
  return (
    // Where a zoom found nothing there is no plot to double click; by keyboard, the browser's way back does the same.
    // biome-ignore lint/a11y/noStaticElementInteractions: a short cut beside others.
    <div ref={box} className="relative" style={{ height }} onDoubleClick={empty ? () => props.onReset?.() : undefined}>
      {table && !empty ? (
        <ChartTable {...{ title, lines, unit, gridFrom, stepMs, height }} spanMs={to - from} />
      ) : (
        <>
          {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms. */}
          <div
            ref={place}
            role="group"
            aria-roledescription="chart"
            aria-label={sentenceOf(title, lines, unit)}
            tabIndex={empty ? undefined : 0}
            onKeyDown={press}
            onBlur={() => plot.current?.point(null)}
            onTouchStart={scrub}
            onTouchMove={scrub}
            onTouchEnd={() => plot.current?.point(null)}
            className={`h-full rounded-md transition-opacity ${empty ? "hidden" : ""} ${loading ? "opacity-50" : ""}`}
          />
          {empty ? <Nothing loading={loading} problem={problem} lines={height < 100 ? 2 : 5} /> : null}
          {!empty && problem ? <Notice text={problem} /> : null}
          <ChartTooltip
            {...{ store, lines, colours, unit, gridFrom, stepMs, bands }}
            spanMs={to - from}
            inset={AXIS_PX}
          />
        </>
      )}
    </div>
  );
}

/** The chart in a sentence, for those who cannot see it. */
function sentenceOf(title: string, lines: readonly ChartLine[], unit: AnyUnit): string {
  const parts = lines.slice(0, 12).map((line) => {
    const { last, min, max } = figuresOf(line);
    return `${line.label || "now"} ${formatText(last, unit)}, from ${formatText(min, unit)} to ${formatText(max, unit)}`;
  });
  return `${title}: ${parts.join("; ")}. Arrow keys read single points.`;
}

/** An empty grid keeps the place, calmly. */
function Nothing({ loading, problem, lines }: { loading: boolean; problem: string | null; lines: number }) {
  const said = problem ?? (loading ? null : "No data in this time");
  return (
    <div className="absolute inset-0" aria-busy={loading}>
      <div className="absolute top-2.5 right-2.5 bottom-6 flex flex-col justify-between" style={{ left: AXIS_PX }}>
        {Array.from({ length: lines }, (_, line) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place.
          <span key={line} className="h-px bg-line" />
        ))}
      </div>
      {said ? (
        <div className="absolute inset-0 flex items-center justify-center p-4">
          <p
            role={problem ? "alert" : undefined}
            className={`flex max-w-full items-center gap-2 rounded-lg bg-surface px-3 py-1.5 text-xs ${problem ? "text-ink" : "text-muted"}`}
          >
            {problem ? <StatusShape tone="bad" label="" size={10} /> : null}
            <span className="min-w-0 break-words">{said}</span>
          </p>
        </div>
      ) : null}
    </div>
  );
}

/** The lines on show are old, because the last read failed. */
function Notice({ text }: { text: string }) {
  return (
    <p
      role="alert"
      className="absolute top-1 right-2 z-10 flex max-w-[80%] items-center gap-1.5 rounded-md bg-warn-soft px-2 py-0.5 text-2xs text-warn"
    >
      <StatusShape tone="warn" label="" size={9} />
      <span className="truncate">{text}</span>
    </p>
  );
}
