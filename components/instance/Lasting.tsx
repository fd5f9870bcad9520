"use client";

import { formatInstant, formatText } from "@/components/format";
import { useNow } from "@/components/ui/use-now";

/** "for 3d 4h": how long something has stood so; the exact instant on hover. */
export function Lasting({ since, rendered }: { since: number; rendered: number }) {
  const seconds = Math.max(0, Math.floor((useNow(rendered) - since) / 1_000));
  return (
    <time
      dateTime={new Date(since).toISOString()}
      title={`since ${formatInstant(since)}`}
      className="num whitespace-nowrap"
    >
      for {formatText(seconds, "seconds")}
    </time>
  );
}
