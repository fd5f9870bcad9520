"use client";

import type { Run } from "@/components/data/outputs";
import { formatExact, formatText } from "@/components/format";
import { Card } from "@/components/ui/Card";
import { type Column, DataTable } from "@/components/ui/DataTable";
import { EmptyState } from "@/components/ui/EmptyState";
import { ErrorState } from "@/components/ui/ErrorState";
import { RelativeTime } from "@/components/ui/RelativeTime";
import { StatusShape } from "@/components/ui/StatusShape";
import type { Tone } from "@/components/ui/tones";
import { Value } from "@/components/ui/Value";
import { ClockTime } from "./ClockTime";
import { TabSkeleton } from "./TabSkeleton";
import { RUNS_SHOWN } from "./tabs";
import { useRuns } from "./use-runs";

const OUTCOME: Readonly<Record<Run["outcome"], { tone: Tone; word: string }>> = {
  ok: { tone: "ok", word: "Good" },
  partial: { tone: "warn", word: "Partly" },
  failed: { tone: "bad", word: "Failed" },
};

export function RunsTab({ id, rendered }: { id: string; rendered: number }) {
  const { data, error } = useRuns(id, RUNS_SHOWN);
  if (!data) return error ? <ErrorState title="The runs could not be read" message={error.message} /> : <TabSkeleton />;
  if (data.length === 0) {
    return (
      <EmptyState icon="clock" title="No run yet">
        The first one is listed here as soon as it ends.
      </EmptyState>
    );
  }
  return (
    <div className="flex flex-col gap-3">
      <p className="num text-xs text-muted">{summaryOf(data)}</p>
      <Card padding="none" className="min-w-0 overflow-x-auto">
        <DataTable
          label="Runs"
          stickyTop={-1}
          rows={data}
          rowKey={(run) => run.id}
          columns={columnsAt(rendered)}
          initialSort={{ key: "time", ascending: false }}
        />
      </Card>
    </div>
  );
}

const columnsAt = (rendered: number): Column<Run>[] => [
  {
    key: "time",
    title: "Time",
    width: "96px",
    sortBy: ({ startedAt }) => startedAt,
    cell: ({ startedAt }) => (
      <span className="flex items-baseline gap-2">
        <ClockTime at={startedAt} />
        <RelativeTime at={startedAt} now={rendered} className="w-20 text-xs text-muted max-sm:hidden" />
      </span>
    ),
  },
  {
    key: "outcome",
    title: "Outcome",
    width: "104px",
    sortBy: ({ outcome }) => outcome,
    cell: (run) => (
      <>
        <span className="flex items-center gap-1.5">
          <StatusShape tone={OUTCOME[run.outcome].tone} label="" size={10} />
          {OUTCOME[run.outcome].word}
        </span>
        {/* A phone has no room for a column of words. */}
        <div className="sm:hidden">
          <Said run={run} />
        </div>
      </>
    ),
  },
  {
    key: "duration",
    title: "Duration",
    width: "88px",
    align: "right",
    sortBy: ({ durationMs }) => durationMs,
    cell: ({ durationMs }) => <Value value={durationMs / 1_000} unit="seconds" />,
  },
  {
    key: "readings",
    title: "Readings",
    width: "88px",
    align: "right",
    from: "sm",
    sortBy: ({ readings }) => readings,
    cell: ({ readings, refused }) => (
      <span title={refused > 0 ? `${refused} refused` : undefined}>
        {formatExact(readings)}
        {refused > 0 ? <span className="text-warn"> −{formatExact(refused)}</span> : null}
      </span>
    ),
  },
  {
    key: "attempts",
    title: "Attempts",
    width: "80px",
    align: "right",
    from: "lg",
    sortBy: ({ attempts }) => attempts,
    cell: ({ attempts }) => <span className={attempts > 1 ? "" : "text-muted"}>{attempts}</span>,
  },
  { key: "said", title: "What happened", from: "sm", cell: (run) => <Said run={run} /> },
];

/** The error in words and what to do; an even run says nothing. */
function Said({ run: { outcome, message, hint, remarks } }: { run: Run }) {
  const others = remarks.filter((remark) => remark !== message);
  if (outcome === "ok" && others.length === 0) return null;
  return (
    <div className="max-w-3xl py-1.5 sm:min-w-52 text-pretty">
      {message ? <p className="break-words">{message}</p> : null}
      {hint ? <p className="text-xs break-words text-muted max-sm:hidden">{hint}</p> : null}
      {others.length > 0 ? (
        <details className="text-xs text-muted">
          <summary className="num">
            {others.length} {others.length === 1 ? "remark" : "remarks"}
          </summary>
          <ul className="list-disc ps-4">
            {others.map((remark) => (
              <li key={remark} className="break-words">
                {remark}
              </li>
            ))}
          </ul>
        </details>
      ) : null}
    </div>
  );
}

function summaryOf(runs: readonly Run[]): string {
  const failed = runs.filter(({ outcome }) => outcome === "failed").length;
  const mean = runs.reduce((sum, { durationMs }) => sum + durationMs, 0) / runs.length / 1_000;
  const count = runs.length === 1 ? "The only run" : `The last ${runs.length} runs`;
  return `${count}: ${failed === 0 ? "none failed" : `${failed} failed`}, ${formatText(mean, "seconds")} on average.`;
}
