"use client";

import { type RefObject, useEffect, useRef, useState } from "react";
import type uPlot from "uplot";
import { readPalette } from "./palette";
import { createPlot, type Plot, type PlotEvents, type PlotModel, shapeOf } from "./plot";

/** Counts theme changes: what is drawn on canvas does not follow CSS by itself. */
function useThemeCount(): number {
  const [count, setCount] = useState(0);
  useEffect(() => {
    const observer = new MutationObserver(() => setCount((old) => old + 1));
    observer.observe(document.documentElement, { attributeFilter: ["class"] });
    return () => observer.disconnect();
  }, []);
  return count;
}

interface Options {
  readonly element: RefObject<HTMLDivElement | null>;
  readonly model: PlotModel;
  readonly height: number;
  readonly syncKey: string | undefined;
  readonly events: PlotEvents;
  /** Off the screen, nothing is made and nothing redrawn. */
  readonly active: boolean;
}

/** A uPlot in the element: loaded when first needed, made anew only when the shape of its data changes. */
export function usePlot({ element, model, height, syncKey, events, active }: Options): {
  plot: RefObject<Plot | null>;
  failed: boolean;
} {
  const plot = useRef<Plot | null>(null);
  const [failed, setFailed] = useState(false);
  const newest = useRef({ model, events });
  newest.current = { model, events };
  const shape = shapeOf(model);
  const theme = useThemeCount();
  const [begun, setBegun] = useState(false);
  if (active && !begun) setBegun(true);

  // biome-ignore lint/correctness/useExhaustiveDependencies: shape and theme stand for what a plot cannot change later.
  useEffect(() => {
    const place = element.current;
    if (!place || !begun) return;
    let gone = false;
    const through: PlotEvents = {
      cursor: newest.current.events.cursor,
      zoom: (from, to) => newest.current.events.zoom(from, to),
      reset: () => newest.current.events.reset(),
    };
    const sizes = new ResizeObserver(() => plot.current?.resize(Math.max(80, place.clientWidth), height));
    const draw = (UPlot: typeof uPlot) => {
      if (gone) return;
      plot.current = createPlot({
        UPlot,
        element: place,
        model: newest.current.model,
        palette: readPalette(place),
        width: Math.max(80, place.clientWidth),
        height,
        syncKey,
        events: through,
      });
      sizes.observe(place);
    };
    import("uplot").then((loaded) => draw(loaded.default)).catch(() => setFailed(true));
    return () => {
      gone = true;
      sizes.disconnect();
      plot.current?.destroy();
      plot.current = null;
      through.cursor.set(null);
    };
  }, [element, begun, shape, theme, syncKey, height]);

  useEffect(() => {
    if (active) plot.current?.update(model);
  }, [model, active]);

  return { plot, failed };
}
