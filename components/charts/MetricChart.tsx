"use client";

import { useMemo, useRef, useState } from "react";
import type { AnyUnit } from "@/components/format";
import { Card } from "@/components/ui/Card";
import { Dialog } from "@/components/ui/Dialog";
import { Value } from "@/components/ui/Value";
import { ChartBody } from "./ChartBody";
import { ChartLegend } from "./ChartLegend";
import { ChartMenu } from "./ChartMenu";
import { type ChartLine, figuresOf, topLines } from "./chart-data";
import { createCursorStore } from "./cursor-store";
import type { ChartLimit, TimeBand } from "./paint";
import type { Plot } from "./plot";
import { colourLabels } from "./series-colour";
import { unitName } from "./unit-name";

export interface MetricChartProps {
  readonly title: string;
  readonly unit: AnyUnit;
  /** The window on show. Epoch milliseconds. */
  readonly from: number;
  readonly to: number;
  /** Start of the first bucket, and how long each is. */
  readonly gridFrom: number;
  readonly stepMs: number;
  readonly lines: readonly ChartLine[];
  /** Of the plot, pixels. Default 168. */
  readonly height?: number;
  readonly stacked?: boolean;
  /** The first read is under way; later ones keep the old lines. */
  readonly loading?: boolean;
  /** Why there is nothing to show, in words. */
  readonly error?: string | null;
  /** Charts with the same key share their crosshair. */
  readonly syncKey?: string;
  /** Stretches of time to mark behind the lines: alerts. */
  readonly bands?: readonly TimeBand[];
  /** Numbers that a rule compares with, as lines across the plot. */
  readonly limits?: readonly ChartLimit[];
  /** The window runs with the clock. */
  readonly live?: boolean;
  /** One sentence: what the metric means. */
  readonly description?: string;
  /** More entries of the menu: "New alert from here". */
  readonly actions?: readonly { readonly name: string; run(): void }[];
  onZoom?(from: number, to: number): void;
  onReset?(): void;
  /** How many lines there are when not all were read; `onShowAll` asks for more of them. */
  readonly total?: number;
  onShowAll?(): void;
  /** Tells when it comes onto the screen, so that only then its data are fetched. */
  onScreenChange?(visible: boolean): void;
}

/** Beyond these, lines are no longer told apart. */
const MAX_LINES = 12;
/** Even when all were asked for. */
const ALL_LINES = 60;
const DEFAULT_HEIGHT = 168;
const NO_BANDS: readonly TimeBand[] = [];

/** The one chart of Unity's time series. */
export function MetricChart(props: MetricChartProps) {
  const [full, setFull] = useState(false);
  return (
    <Card padding="none">
      <ChartFrame {...props} onFullScreen={() => setFull(true)} />
      {full ? (
        <Dialog open title={props.title} description={props.description} width="full" onOpenChange={setFull}>
          <ChartFrame {...props} height={Math.max(240, Math.round(window.innerHeight * 0.62))} bare />
        </Dialog>
      ) : null}
    </Card>
  );
}

interface FrameProps extends MetricChartProps {
  /** In a dialog: no title of its own. */
  readonly bare?: boolean;
  onFullScreen?(): void;
}

function ChartFrame(props: FrameProps) {
  const { title, unit, lines: given, bare = false, height = DEFAULT_HEIGHT, bands = NO_BANDS } = props;
  const [all, setAll] = useState(false);
  const [isolated, setIsolated] = useState<string | null>(null);
  const [table, setTable] = useState(false);
  const [store] = useState(createCursorStore);
  const plot = useRef<Plot | null>(null);

  const shown = useMemo(() => topLines(given, all ? ALL_LINES : MAX_LINES), [given, all]);
  const colours = useMemo(() => {
    const byLabel = colourLabels(given.map(({ label }) => label));
    return shown.map(({ label }) => byLabel.get(label) ?? 1);
  }, [given, shown]);
  // A line that went away must not leave an empty chart behind.
  const only = isolated !== null && shown.some(({ key }) => key === isolated) ? isolated : null;
  const drawn = useMemo(() => {
    const places = shown.flatMap(({ key }, index) => (only === null || key === only ? [index] : []));
    return {
      lines: places.flatMap((index) => shown[index] ?? []),
      colours: places.map((index) => colours[index] ?? 1),
    };
  }, [shown, colours, only]);

  const highlight = (key: string | null) => {
    const index = drawn.lines.findIndex((line) => line.key === key);
    plot.current?.highlight(index === -1 || drawn.lines.length === 1 ? null : index);
  };

  return (
    <figure aria-label={title} className={bare ? "" : "px-4 pt-3 pb-2"}>
      <div className="mb-1 flex h-7 items-center gap-2">
        {bare ? (
          <span className="flex-1 text-xs text-muted">{unitName(unit)}</span>
        ) : (
          <>
            <figcaption className="min-w-0 truncate text-sm font-medium" title={props.description ?? title}>
              {title}
            </figcaption>
            <span className="flex-1 truncate text-xs text-muted">{unitName(unit)}</span>
          </>
        )}
        <CurrentValue lines={given} unit={unit} />
        <ChartMenu
          {...props}
          lines={drawn.lines}
          colours={drawn.colours}
          plot={plot}
          table={table}
          onTable={() => setTable(!table)}
        />
      </div>
      <ChartBody {...props} {...drawn} height={height} bands={bands} store={store} plotRef={plot} table={table} />
      <div className="mt-1 min-h-6 pl-1">
        {shown.length === 0 ? null : (
          <ChartLegend
            store={store}
            lines={shown}
            colours={colours}
            unit={unit}
            isolated={only}
            more={all ? given.length - shown.length : Math.max(props.total ?? 0, given.length) - shown.length}
            onIsolate={setIsolated}
            onHighlight={highlight}
            onShowAll={() => {
              setAll(true);
              props.onShowAll?.();
            }}
          />
        )}
      </div>
    </figure>
  );
}

/** Of one line; several have theirs in the legend. */
function CurrentValue({ lines, unit }: { lines: readonly ChartLine[]; unit: AnyUnit }) {
  const line = lines.length === 1 ? lines[0] : undefined;
  return line ? <Value value={figuresOf(line).last} unit={unit} className="text-base font-semibold" /> : null;
}
