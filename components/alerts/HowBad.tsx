"use client";

import type { OpenAlert } from "@/components/data/outputs";
import { formatText } from "@/components/format";
import { TONE_TEXT } from "@/components/ui/tones";
import { Value } from "@/components/ui/Value";
import { TONE_OF } from "./severity";
import { useLiveValue } from "./use-live-value";

type Measured = Pick<OpenAlert, "severity" | "phase" | "unit" | "value" | "limit" | "worst" | "series">;

/** The value against its limit, and the worst so far. What is only yes or no says it in its sentence. */
export function HowBad({ alert }: { alert: Measured }) {
  const { severity, phase, unit, limit, worst } = alert;
  const value = useLiveValue(alert);
  if (value === null || unit === "bool") return null;
  const furthest = formatText(worst, unit);
  const more = worst !== null && furthest !== formatText(value, unit) ? `worst ${furthest}` : null;
  const tone = phase === "firing" ? TONE_TEXT[TONE_OF[severity]] : "text-muted";
  return (
    <span className="flex flex-col items-end text-right leading-4">
      <Value value={value} unit={unit} className={`text-base font-semibold ${tone}`} />
      <span className="num text-2xs whitespace-nowrap text-muted">
        {limit === null || limit === value ? null : <>limit {formatText(limit, unit)}</>}
      </span>
      {more ? <span className="num text-2xs whitespace-nowrap text-muted">{more}</span> : null}
    </span>
  );
}
