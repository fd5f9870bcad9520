"use client";

import { useEffect, useState } from "react";
import { formatInstant, formatLocal, formatRelative } from "@/components/format";
import { useClock } from "./use-now";

interface Props {
  /** Epoch milliseconds; null is "never". */
  readonly at: number | null;
  /** What the server took for now when it rendered this. Epoch milliseconds. */
  readonly now: number;
  /** Said for null. Default "never". */
  readonly never?: string;
  readonly className?: string;
}

/** "2 min ago", ticking; the exact instant on hover, in the viewer's own zone once the page runs. */
export function RelativeTime({ at, now: rendered, never = "never", className = "" }: Props) {
  const text = useClock(rendered, (now) => (at === null ? "" : formatRelative(at, now)));
  const [local, setLocal] = useState(false);
  useEffect(() => setLocal(true), []);
  if (at === null) return <span className={`text-muted ${className}`}>{never}</span>;
  return (
    <time
      dateTime={Number.isFinite(at) ? new Date(at).toISOString() : undefined}
      title={local ? formatLocal(at) : formatInstant(at)}
      className={`num whitespace-nowrap ${className}`}
    >
      {text}
    </time>
  );
}
