"use client";

import { useEffect, useState } from "react";
import { formatClock, formatInstant, formatLocal } from "@/components/format";

const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;

/** "14:03:09", with the day where it is another. In the viewer's zone once the page runs; the server knows UTC only. */
export function ClockTime({ at }: { at: number }) {
  const [local, setLocal] = useState(false);
  useEffect(() => setLocal(true), []);
  if (!local) return <span className="num whitespace-nowrap">{formatInstant(at).slice(11, 19)}</span>;
  return (
    <span className="num whitespace-nowrap" title={formatLocal(at)}>
      {Date.now() - at < DAY_MS ? formatClock(at, HOUR_MS) : formatClock(at, 2 * DAY_MS)}
    </span>
  );
}
