"use client";

import { formatLocal, formatRelative } from "@/components/format";
import { useClock } from "./use-now";

interface Props {
  /** Epoch milliseconds; null is "never". */
  readonly at: number | null;
  /** What the server took for now when it rendered this. Epoch milliseconds. */
  readonly now: number;
  /** Said for null. Default "never". */
  readonly never?: string;
  readonly className?: string;
  /** With no look of its own, in a cell that has one for all. */
  readonly bare?: boolean;
}

/** "2 min ago", ticking; the exact instant on hover, in the viewer's own zone. It is only made then: a list has hundreds. */
export function RelativeTime({ at, now: rendered, never = "never", className = "", bare = false }: Props) {
  const text = useClock(rendered, (now) => (at === null ? "" : formatRelative(at, now)));
  if (at === null) return bare ? never : <span className={`text-muted ${className}`}>{never}</span>;
  return (
    <time
      dateTime={Number.isFinite(at) ? new Date(at).toISOString() : undefined}
      onPointerEnter={(event) => {
        event.currentTarget.title = formatLocal(at);
      }}
      className={bare ? undefined : `num whitespace-nowrap ${className}`}
    >
      {text}
    </time>
  );
}
