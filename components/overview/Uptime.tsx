"use client";

import { evaluateFigure } from "@/components/data/figures";
import type { Figure } from "@/components/data/outputs";
import { formatInstant, formatText } from "@/components/format";
import { Skeleton } from "@/components/ui/Skeleton";
import { useClock } from "@/components/ui/use-now";
import type { Samples } from "./concerns";

interface Props {
  readonly figure: Figure;
  readonly samples: Samples;
  readonly renderedAt: number;
  readonly waiting: boolean;
}

/** How long a machine has been running, counted on while nothing new is known. */
export function Uptime({ figure, samples, renderedAt, waiting }: Props) {
  const bootedAt = evaluateFigure(figure, samples, 0).value;
  const text = useClock(renderedAt, (now) =>
    bootedAt === null ? "" : formatText(Math.max(0, Math.floor(now / 1_000 - bootedAt)), "seconds"),
  );
  if (bootedAt === null)
    return waiting && figure.series.length > 0 ? (
      <Skeleton className="ml-auto h-5 w-12" />
    ) : (
      <span className="text-sm text-muted">–</span>
    );
  return (
    <span className="num text-sm whitespace-nowrap" title={`Running since ${formatInstant(bootedAt * 1_000)}`}>
      <span className="sr-only">Up for </span>
      {text}
    </span>
  );
}
