"use client";

import { useState } from "react";
import { formatRelative } from "@/components/format";
import { Card } from "@/components/ui/Card";
import { StatusShape } from "@/components/ui/StatusShape";
import type { StateItem } from "./board-rows";

/** Good ones beyond these are a number until they are asked for. */
const SHOWN = 24;

interface Props {
  readonly title: string;
  readonly items: readonly StateItem[];
  /** When they were read, where that is too long ago. */
  readonly staleSince: number | null;
  readonly now: number;
}

/** Items that are good or bad, the bad ones first and marked by shape and weight. */
export function BoardStates({ title, items, staleSince, now }: Props) {
  const [all, setAll] = useState(false);
  const bad = items.filter(({ good }) => !good).length;
  const shown = all ? items : items.slice(0, Math.max(SHOWN, bad));
  return (
    <Card padding="small" className="min-w-0 px-4">
      <div className="num mb-2 flex items-baseline justify-between gap-3 text-xs text-muted">
        <h2 className="truncate">{title}</h2>
        <span className={`shrink-0 ${bad > 0 && staleSince === null ? "font-medium text-bad" : ""}`}>
          {staleSince === null ? summaryOf(bad, items.length) : `as of ${formatRelative(staleSince, now)}`}
        </span>
      </div>
      <ul className="flex flex-wrap gap-x-4 gap-y-1.5">
        {shown.map(({ name, good }) => (
          <li key={name} className="flex max-w-full min-w-0 items-center gap-1.5 text-sm">
            <StatusShape
              tone={good ? "ok" : "bad"}
              label={good ? "good" : "not good"}
              size={9}
              className={staleSince === null ? "" : "opacity-50"}
            />
            <span className={`truncate ${good || staleSince !== null ? "text-muted" : "font-medium"}`} title={name}>
              {name || "unnamed"}
            </span>
          </li>
        ))}
        {items.length > shown.length || all ? (
          <li>
            <button
              type="button"
              aria-expanded={all}
              onClick={() => setAll(!all)}
              className="num h-5 rounded text-xs text-muted hover:text-ink"
            >
              {all ? "fewer" : `${items.length - shown.length} more`}
            </button>
          </li>
        ) : null}
      </ul>
    </Card>
  );
}

function summaryOf(bad: number, of: number): string {
  if (bad > 0) return of > 1 ? `${bad} of ${of} not good` : "not good";
  return of > 1 ? "all good" : "good";
}
