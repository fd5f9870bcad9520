"use client";

import { evaluateFigure, type FigureValue } from "@/components/data/figures";
import type { Figure } from "@/components/data/outputs";
import { useClock } from "@/components/ui/use-now";
import type { Samples } from "./concerns";

/** What figures come to now. Renders again by itself only when one becomes stale. @param renderedAt what the server took for now */
export function useFigures(figures: readonly Figure[], samples: Samples, renderedAt: number): FigureValue[] {
  const stale = useClock(renderedAt, (now) =>
    figures.map((figure) => (evaluateFigure(figure, samples, now).stale ? "s" : "-")).join(""),
  );
  return figures.map((figure, index) =>
    evaluateFigure(figure, samples, stale[index] === "s" ? Number.POSITIVE_INFINITY : 0),
  );
}

/** True when nothing that these figures are made of came in between: a row that shows them need not be drawn again. */
export function sameSamples(figures: readonly Figure[], before: Samples, after: Samples): boolean {
  if (before === after) return true;
  const same = (id: number) => before.get(id) === after.get(id);
  return figures.every(({ series, max }) => series.every(same) && (!Array.isArray(max) || max.every(same)));
}
