import type { FigureValue } from "@/components/data/figures";
import type { Figure } from "@/components/data/outputs";
import { formatRelative } from "@/components/format";
import { Skeleton } from "@/components/ui/Skeleton";
import { TONE_FILL, TONE_TEXT } from "@/components/ui/tones";
import { Value } from "@/components/ui/Value";

interface Props {
  readonly figure: Figure;
  readonly reading: FigureValue;
  /** Its first reading is on the way. */
  readonly waiting: boolean;
  /** What the server took for now. */
  readonly renderedAt: number;
  /** Without its name: a table has it in the head of the row's group, a small card beside it. */
  readonly layout: "stacked" | "inline";
}

/** A number with what it is, and a thin bar where it runs to an end. Grey when it is old; then the hover says since when. */
export function InstanceFigure({ figure, reading, waiting, renderedAt, layout }: Props) {
  const { value, tone, stale, fill, at } = reading;
  const loud = tone === "warn" || tone === "bad";
  const number =
    value === null && waiting ? (
      <Skeleton className="my-0.5 h-4 w-12" />
    ) : (
      <Value
        value={value}
        unit={figure.unit}
        now={renderedAt}
        stale={stale || value === null}
        className={loud ? TONE_TEXT[tone] : ""}
      />
    );
  const title =
    stale && at !== null ? `${figure.title}: last measured ${formatRelative(at, renderedAt)}` : figure.title;
  if (layout === "inline")
    return (
      <span className="inline-flex min-w-0 items-baseline gap-1.5" title={title}>
        <span className="truncate text-2xs text-muted">{figure.title}</span>
        <span className="text-sm font-medium">{number}</span>
      </span>
    );
  return (
    <div className="min-w-0" title={title}>
      <span className="block truncate text-2xs text-muted">{figure.title}</span>
      <span className="block h-5 truncate text-base font-semibold">{number}</span>
      {fill === null ? null : (
        <span className="mt-1 block h-0.75 w-full overflow-hidden rounded-full bg-track" aria-hidden="true">
          <span
            className={`block h-full rounded-full ${tone === "ok" ? "bg-accent" : TONE_FILL[tone]}`}
            style={{ width: `${fill * 100}%` }}
          />
        </span>
      )}
    </div>
  );
}
