"use client";

import { memo } from "react";
import type { Status } from "@/components/data/outputs";
import { formatExact } from "@/components/format";
import { RelativeTime } from "@/components/ui/RelativeTime";
import { StatusShape } from "@/components/ui/StatusShape";
import { Lasting } from "./Lasting";
import { Remarks } from "./Remarks";
import { useRuns } from "./use-runs";

interface Props {
  readonly id: string;
  readonly enabled: boolean;
  readonly status: Status;
  readonly rendered: number;
}

/** What is wrong, since when, and what to do; and what the last run could not use, even of an instance that is well. */
export const Problem = memo(function Problem({ id, enabled, status, rendered }: Props) {
  const { health, message, hint } = status;
  const [run] = useRuns(id, 1).data ?? [];
  const remarks = (run?.remarks ?? []).filter((remark) => remark !== message);
  const wrong = enabled && (health === "failing" || health === "degraded");
  if (!wrong) return enabled && remarks.length > 0 ? <Remarks remarks={remarks} refused={run?.refused ?? 0} /> : null;
  const bad = health === "failing";
  return (
    <section
      aria-label="What is wrong"
      className={`flex items-start gap-3 rounded-xl px-4 py-3 ${bad ? "bg-bad-soft" : "bg-warn-soft"}`}
    >
      <StatusShape tone={bad ? "bad" : "warn"} label="" className="mt-1" />
      <div className="flex min-w-0 flex-1 flex-col gap-1">
        <p className="text-sm font-semibold break-words">{message ?? "The last run failed."}</p>
        {hint ? <p className="text-sm break-words">{hint}</p> : null}
        <Course status={status} rendered={rendered} />
        {remarks.length > 0 ? <RemarkList remarks={remarks} /> : null}
      </div>
    </section>
  );
});

/** Since when, how often, and when it last went well. */
function Course({ status, rendered }: { status: Status; rendered: number }) {
  const { health, since, consecutiveErrors, lastSuccessAt } = status;
  return (
    <p className="num text-xs text-muted">
      {health === "failing" ? "Failing" : "Degraded"} <Lasting since={since} rendered={rendered} />
      {consecutiveErrors === 0 ? " · the rest was read" : null}
      {consecutiveErrors === 1 ? " · one failed run" : null}
      {consecutiveErrors > 1 ? ` · ${formatExact(consecutiveErrors)} failed runs in a row` : null}
      {consecutiveErrors > 0 && lastSuccessAt === null ? " · no good run so far" : null}
      {consecutiveErrors > 0 && lastSuccessAt !== null ? (
        <>
          {" · last good run "}
          <RelativeTime at={lastSuccessAt} now={rendered} />
        </>
      ) : null}
    </p>
  );
}

function RemarkList({ remarks }: { remarks: readonly string[] }) {
  return (
    <ul className="mt-1 flex list-disc flex-col gap-0.5 ps-4 text-xs">
      {remarks.map((remark) => (
        <li key={remark} className="break-words">
          {remark}
        </li>
      ))}
    </ul>
  );
}
