"use client";

import { useCallback, useRef } from "react";
import { DEFAULT_RANGE, type TimeRange, zoomTo } from "@/components/data/time-range";
import { useTimeRange } from "@/components/data/use-time-range";
import { addZoom, resetZoom, type Zoom } from "./zoom-trail";

interface PageZoom {
  readonly range: TimeRange;
  zoom(from: number, to: number): void;
  reset(): void;
}

/** The page's window and what dragging and double clicking on its charts do. Both functions stay the same for good. */
export function useZoom(): PageZoom {
  const { range, setRange } = useTimeRange();
  const trail = useRef<Zoom | null>(null);
  const newest = useRef(setRange);
  newest.current = setRange;
  const zoom = useCallback((from: number, to: number) => {
    newest.current((now) => {
      const next = zoomTo(from, to);
      trail.current = addZoom(trail.current, now, next);
      return next;
    });
  }, []);
  const reset = useCallback(() => {
    newest.current((now) => resetZoom(trail.current, now, DEFAULT_RANGE) ?? undefined);
  }, []);
  return { range, zoom, reset };
}
