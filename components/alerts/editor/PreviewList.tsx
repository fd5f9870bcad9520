"use client";

import { useState } from "react";
import type { MetricUnits, RulePart, RulePreview } from "@/components/data/outputs";
import { formatExact, formatText } from "@/components/format";
import { humanName, labelText } from "@/components/names";
import { StatusShape } from "@/components/ui/StatusShape";
import type { Tone } from "@/components/ui/tones";
import { Value } from "@/components/ui/Value";
import { limitUnit } from "../limit-unit";

interface Props {
  readonly preview: RulePreview;
  readonly parts: readonly RulePart[];
  readonly units: MetricUnits;
}
type Line = RulePreview["lines"][number];

const AT_FIRST = 8;

/** Every series with its value beside the limit; what holds stands first. */
export function PreviewList({ preview: { lines, total }, parts, units }: Props) {
  const [all, setAll] = useState(false);
  if (total === 0)
    return (
      <p className="px-4 pb-4 text-sm text-pretty text-muted">
        No series is like that. It would wait until there is one.
      </p>
    );
  const shown = all ? lines : lines.slice(0, AT_FIRST);
  return (
    <>
      <ul aria-label="Series" className="max-h-96 overflow-y-auto border-t border-line">
        {shown.map((line) => (
          <Row
            key={`${line.part} ${line.instanceId} ${line.series}`}
            line={line}
            unit={unitOf(parts[line.part], units)}
            several={parts.length > 1}
          />
        ))}
      </ul>
      {total > AT_FIRST ? (
        <button
          type="button"
          aria-expanded={all}
          onClick={() => setAll(!all)}
          className="num h-9 w-full border-t border-line px-4 text-left text-xs text-muted hover:text-ink"
        >
          {all
            ? `Show the first ${AT_FIRST}`
            : total > lines.length
              ? `Show ${formatExact(lines.length)} of ${formatExact(total)}`
              : `Show all ${formatExact(total)}`}
        </button>
      ) : null}
    </>
  );
}

function unitOf(part: RulePart | undefined, units: MetricUnits): string {
  if (!part || part.kind === "failing") return "count";
  return part.kind === "absent" ? "seconds" : limitUnit(part.take.kind, units[part.metric]);
}

function Row({ line, unit, several }: { line: Line; unit: string; several: boolean }) {
  const { metric, labels, instanceName, host } = line;
  const text = labelText(labels);
  const where = instanceName === host ? host : `${instanceName} · ${host}`;
  const what = several ? [metric === null ? "failed runs" : humanName(metric)] : [];
  const about = [...what, ...(text === "" ? [] : [where])].join(" · ");
  return (
    <li className="flex min-h-9 items-center gap-2.5 border-b border-line px-4 py-1.5 last:border-b-0">
      <StatusShape {...stateOf(line)} size={10} />
      <div className="min-w-0 flex-1">
        <p className="truncate text-sm" title={text || where}>
          <bdi>{text || where}</bdi>
        </p>
        {about === "" ? null : (
          <p className="truncate text-2xs text-muted" title={where}>
            <bdi>{about}</bdi>
          </p>
        )}
      </div>
      <Amounts line={line} unit={unit} />
    </li>
  );
}

function stateOf({ holds, ignored }: Line): { tone: Tone; label: string } {
  if (ignored) return { tone: "paused", label: "Ignored" };
  if (holds === null) return { tone: "unknown", label: "Not known" };
  return holds ? { tone: "warn", label: "Holds" } : { tone: "ok", label: "Does not hold" };
}

function Amounts({ line: { holds, ignored, value, limit }, unit }: { line: Line; unit: string }) {
  return (
    <span className="shrink-0 text-right">
      {value === null ? (
        <span className="text-xs text-muted">too little known</span>
      ) : (
        <Value value={value} unit={unit} className={holds && !ignored ? "font-medium text-warn" : ""} />
      )}
      {limit === null ? null : <span className="num ms-1.5 text-2xs text-muted">/ {formatText(limit, unit)}</span>}
    </span>
  );
}
