import type uPlot from "uplot";
import { type AnyUnit, formatMarks, formatTimeMarks } from "@/components/format";
import { type ChartLine, extent, hasSpread, instants, lonePoints, stack } from "./chart-data";
import type { CursorStore } from "./cursor-store";
import { type ChartLimit, paintBands, paintEnds, paintLimits, type TimeBand } from "./paint";
import type { Palette } from "./palette";
import { marksOf, type YScale, yScale } from "./y-scale";

/** All that a plot draws. Lines carry their colour's place in the palette. */
export interface PlotModel {
  readonly unit: AnyUnit;
  readonly from: number;
  readonly to: number;
  readonly gridFrom: number;
  readonly stepMs: number;
  readonly lines: readonly ChartLine[];
  /** Of each line, 1 to 8. */
  readonly colours: readonly number[];
  readonly stacked: boolean;
  readonly bands: readonly TimeBand[];
  readonly limits: readonly ChartLimit[];
  readonly live: boolean;
}

export interface PlotEvents {
  readonly cursor: CursorStore;
  zoom(from: number, to: number): void;
  reset(): void;
}

/** With more, bands of several lines become mud. */
const SPREAD_LINES = 3;
/** Vertical room for one mark of the value axis. */
const MARK_PX = 40;
const DIM = 0.18;
/** Room of the value axis. The same on every chart, so that instants stand above each other down the page. */
export const AXIS_PX = 62;

const showsSpread = ({ lines, stacked }: Pick<PlotModel, "lines" | "stacked">): boolean =>
  !stacked && lines.length <= SPREAD_LINES && hasSpread(lines);

/** Two models of the same shape differ in data only: the plot takes them without being made anew. */
export const shapeOf = (model: PlotModel): string =>
  JSON.stringify([
    model.unit,
    model.stacked,
    showsSpread(model),
    model.lines.map(({ key }, index) => [key, model.colours[index]]),
  ]);

function plotData(model: PlotModel): uPlot.AlignedData {
  const { lines, gridFrom, stepMs, stacked } = model;
  const times = instants(gridFrom, stepMs, lines[0]?.avg.length ?? 0);
  const columns = stacked ? stack(lines) : lines.map(({ avg }) => [...avg]);
  const spread = showsSpread(model) ? lines.flatMap(({ max, min }) => [[...max], [...min]]) : [];
  return [times, ...columns, ...spread];
}

function scaleOf(model: PlotModel, height: number): YScale {
  const { lines, unit, stacked } = model;
  const marks = Math.max(2, Math.min(5, Math.floor(height / MARK_PX)));
  const top = stacked ? extent(stack(lines).slice(-1).map(asLine), false) : extent(lines, showsSpread(model));
  return yScale(withLimits(top, model.limits), unit, marks);
}
/** A limit is seen even where nothing comes near it. */
function withLimits(range: ReturnType<typeof extent>, limits: PlotModel["limits"]): ReturnType<typeof extent> {
  const values = limits.map(({ value }) => value);
  if (values.length === 0 || !range) return range;
  return { low: Math.min(range.low, ...values), high: Math.max(range.high, ...values) };
}
const asLine = (avg: (number | null)[]): ChartLine => ({ key: "", label: "", avg, min: avg, max: avg });

export interface Plot {
  update(model: PlotModel): void;
  resize(width: number, height: number): void;
  /** Fades all lines but this one; null ends it. */
  highlight(line: number | null): void;
  /** Moves the crosshair by keyboard or finger: to a share of the width, or by buckets; null takes it away. */
  point(to: { readonly share: number } | { readonly by: number } | null): void;
  readonly canvas: HTMLCanvasElement;
  destroy(): void;
}

interface Options {
  readonly UPlot: typeof uPlot;
  readonly element: HTMLElement;
  readonly model: PlotModel;
  readonly palette: Palette;
  readonly width: number;
  readonly height: number;
  readonly syncKey: string | undefined;
  readonly events: PlotEvents;
}

export function createPlot({ UPlot, element, model: first, palette, width, height, syncKey, events }: Options): Plot {
  let model = first;
  let scale = scaleOf(model, height);
  const spread = showsSpread(model);
  const count = model.lines.length;
  const colour = (line: number, alpha = 1) => palette.series(model.colours[line] ?? 1, alpha);

  const lineSeries = (index: number): uPlot.Series => ({
    stroke: () => colour(index),
    width: model.stacked ? 1 : 1.5,
    ...(count === 1 && !model.stacked ? { fill: (plot: uPlot) => fade(plot, (alpha) => colour(index, alpha)) } : {}),
    ...(model.stacked && index === 0 ? { fill: () => colour(index, 0.3) } : {}),
    points: {
      show: true,
      size: 4,
      width: 0,
      fill: () => colour(index),
      filter: (plot, series) => lonePoints(plot.data[series] as (number | null)[]),
    },
  });
  const plotWidth = () => Math.max(1, plot.over.clientWidth);
  /** null tells uPlot that this was all: it would fit the scale to the data otherwise. */
  const resetAndStop = () => {
    events.reset();
    return null;
  };
  const edge: uPlot.Series = { stroke: "transparent", width: 0, points: { show: false } };

  const plot = new UPlot(
    {
      width,
      height,
      ms: 1,
      padding: [10, 10, 0, 0],
      legend: { show: false },
      scales: { x: { time: true }, y: { range: () => [scale.min, scale.max] } },
      focus: { alpha: DIM },
      series: [
        {},
        ...model.lines.map((_, index) => lineSeries(index)),
        ...(spread ? model.lines.flatMap(() => [edge, edge]) : []),
      ],
      bands: spread
        ? model.lines.map((_, index) => ({
            series: [count + 1 + index * 2, count + 2 + index * 2],
            fill: () => colour(index, count === 1 ? 0.22 : 0.16),
          }))
        : model.stacked
          ? model.lines.slice(1).map((_, index) => ({
              series: [index + 2, index + 1],
              fill: () => colour(index + 1, 0.3),
            }))
          : [],
      axes: [
        {
          stroke: () => palette.muted,
          font: palette.font,
          size: 24,
          gap: 6,
          space: 72,
          grid: { show: false },
          ticks: { show: false },
          values: (_, splits, __, ___, step) => formatTimeMarks(splits, step),
        },
        {
          stroke: () => palette.muted,
          font: palette.font,
          size: AXIS_PX,
          gap: 8,
          grid: { stroke: () => palette.line, width: 1 },
          ticks: { show: false },
          splits: () => marksOf(scale),
          values: (_, splits) => formatMarks(splits, model.unit),
        },
      ],
      cursor: {
        y: false,
        points: {
          size: 7,
          width: 2,
          stroke: (_, series) => (series <= count ? colour(series - 1) : "transparent"),
          fill: (_, series) => (series <= count ? palette.surface : "transparent"),
        },
        drag: { x: true, y: false, setScale: false, dist: 6 },
        bind: { dblclick: () => resetAndStop },
        ...(syncKey
          ? {
              sync: {
                key: syncKey,
                scales: ["x", null],
                setSeries: false,
                filters: { pub: (type) => type === "mousemove" },
              },
            }
          : {}),
      },
      hooks: {
        drawClear: [(self) => paintBands(self, model.bands, palette)],
        draw: [
          (self) => paintLimits(self, model.limits, palette),
          (self) => model.live && count <= 6 && paintEnds(self, count, colour, model.stepMs),
        ],
        setCursor: [
          ({ cursor: { idx, left, event } }) =>
            events.cursor.set(
              typeof idx === "number" && typeof left === "number" && left >= 0
                ? { index: idx, left, share: left / plotWidth(), own: event != null }
                : null,
            ),
        ],
        setSelect: [
          (self) => {
            if (self.select.width < 6) return;
            const from = self.posToVal(self.select.left, "x");
            const to = self.posToVal(self.select.left + self.select.width, "x");
            self.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
            events.zoom(from, to);
          },
        ],
      },
    },
    plotData(model),
    element,
  );
  const look = () => plot.setScale("x", { min: model.from, max: model.to });
  look();

  return {
    update(next) {
      model = next;
      scale = scaleOf(model, plot.height);
      plot.batch(() => {
        plot.setData(plotData(model), false);
        look();
      });
    },
    resize(nextWidth, nextHeight) {
      scale = scaleOf(model, nextHeight);
      plot.setSize({ width: nextWidth, height: nextHeight });
    },
    highlight(line) {
      plot.setSeries(line === null ? null : line + 1, { focus: true });
    },
    point(to) {
      const left = to === null ? -10 : "share" in to ? to.share * plotWidth() : walk(plot, to.by);
      plot.setCursor({ left, top: to === null ? -10 : 10 }, true);
      // uPlot counts only what a mouse did as its own.
      const index = plot.cursor.idx;
      events.cursor.set(
        to === null || typeof index !== "number" ? null : { index, left, share: left / plotWidth(), own: true },
      );
    },
    canvas: plot.ctx.canvas,
    destroy: () => plot.destroy(),
  };
}

function walk(plot: uPlot, by: number): number {
  const times = plot.data[0];
  const last = times.length - 1;
  const index = Math.max(0, Math.min(last, (plot.cursor.idx ?? (by < 0 ? last + 1 : -1)) + by));
  return plot.valToPos(times[index] ?? 0, "x");
}

/** The area under a single line, brightest at the top. */
function fade(plot: uPlot, colour: (alpha: number) => string): CanvasGradient {
  const { top, height } = plot.bbox;
  const gradient = plot.ctx.createLinearGradient(0, top, 0, top + height);
  gradient.addColorStop(0, colour(0.26));
  gradient.addColorStop(1, colour(0.02));
  return gradient;
}
