"use client";

import Link from "next/link";
import { memo } from "react";
import type { PastAlert } from "@/components/data/outputs";
import { formatText } from "@/components/format";
import { ClockTime } from "@/components/instance/ClockTime";
import { StatusShape } from "@/components/ui/StatusShape";
import { Value } from "@/components/ui/Value";
import { END_WORD } from "./event-words";
import { Summary } from "./Summary";
import { TONE_OF, WORD_OF } from "./severity";

/** One alert from its beginning to its end; the row leads to its page. */
export const HistoryRow = memo(function HistoryRow({ alert }: { alert: PastAlert }) {
  const { id, severity, instanceName, host, ruleName, firedAt, endedAt, cause, endedBy, acknowledged, notes } = alert;
  return (
    <li
      data-row
      className="relative grid grid-cols-[14px_minmax(0,1fr)_auto] items-baseline gap-x-3 gap-y-0.5 border-b border-line px-4 py-2.5 transition-colors last:border-b-0 hover:bg-hover md:grid-cols-[14px_minmax(0,1fr)_96px_120px_minmax(88px,auto)] md:gap-x-4"
    >
      <StatusShape
        tone={TONE_OF[severity]}
        label={WORD_OF[severity]}
        firing={false}
        className={`translate-y-px ${endedAt === null ? "" : "opacity-70"}`}
      />
      <div className="min-w-0">
        <Link
          href={`/alerts/${id}`}
          prefetch={false}
          className="row-link line-clamp-2 text-sm font-medium text-pretty break-words"
        >
          <Summary alert={alert} />
        </Link>
        <p className="line-clamp-2 text-xs break-words text-muted">
          <bdi>{instanceName ?? "A removed instance"}</bdi>
          {host && host !== instanceName ? (
            <>
              {" · "}
              <bdi>{host}</bdi>
            </>
          ) : null}
          {" · "}
          <bdi>{ruleName}</bdi>
          {acknowledged ? (
            <>
              {" · acknowledged by "}
              <bdi>{acknowledged.by}</bdi>
            </>
          ) : null}
          {notes.length > 0 ? " · noted" : null}
        </p>
      </div>
      <Worst alert={alert} />
      <span className="num text-xs text-muted max-md:col-start-2 md:text-right">
        <ClockTime at={firedAt} />
      </span>
      <span className="num text-right text-xs whitespace-nowrap text-muted max-md:col-start-3 max-md:row-start-2">
        {endedAt === null ? (
          <span className="font-medium text-bad">still firing</span>
        ) : (
          <>
            <span className="text-ink">{formatText((endedAt - firedAt) / 1_000, "seconds")}</span>
            {cause === null || cause === "measured" ? null : (
              <span className="block">{endedBy ? `by ${endedBy}` : END_WORD[cause]}</span>
            )}
          </>
        )}
      </span>
    </li>
  );
});

function Worst({ alert: { value, worst, unit } }: { alert: PastAlert }) {
  const shown = worst ?? value;
  if (shown === null || unit === "bool") return <span />;
  return <Value value={shown} unit={unit} className="text-right text-sm" />;
}
