"use client";

import Link from "next/link";
import { memo, useId, useState } from "react";
import type { AuditLine } from "@/components/data/outputs";
import { ClockTime } from "@/components/instance/ClockTime";
import { Badge } from "@/components/ui/Badge";
import { Icon } from "@/components/ui/icons";
import { StatusShape } from "@/components/ui/StatusShape";
import { AuditDetail } from "./AuditDetail";
import { deedWords } from "./deed-words";
import { OUTCOME_LOOK } from "./outcome-look";
import { reasonWords } from "./reason-words";
import { subjectHref, subjectName } from "./subject";
import { actorWords, viaWords } from "./who-words";

/** One deed; it opens where it stands. Whatever it says is only text. */
export const AuditRow = memo(function AuditRow({ line }: { line: AuditLine }) {
  const { at, address, outcome, details } = line;
  const id = useId();
  const [open, setOpen] = useState(false);
  const { tone, word } = OUTCOME_LOOK[outcome];
  const changes = (details.changes?.length ?? 0) + (details.moreChanges ?? 0);
  return (
    <li data-row className="border-b border-line last:border-b-0">
      <div className="relative grid grid-cols-[14px_minmax(0,1fr)_auto] items-baseline gap-x-3 gap-y-0.5 px-4 py-2.5 transition-colors hover:bg-hover lg:grid-cols-[14px_minmax(0,1fr)_minmax(0,17rem)_8.5rem] lg:gap-x-4">
        {outcome === "done" ? (
          <Icon name="check" size={13} label={word} className="translate-y-0.5 text-muted" />
        ) : (
          <StatusShape tone={tone} label={word} className="translate-y-px" />
        )}
        <div className="min-w-0">
          <p className="text-sm text-pretty [overflow-wrap:anywhere]">
            <button
              type="button"
              aria-expanded={open}
              aria-controls={open ? id : undefined}
              onClick={() => setOpen(!open)}
              className="row-link text-left font-medium"
            >
              {deedWords(line)}
            </button>
            <Subject line={line} />
            {outcome === "done" ? null : (
              <>
                {" "}
                <Badge tone={tone} className="align-[1px]">
                  {word}
                </Badge>
              </>
            )}
          </p>
        </div>
        {details.reason === undefined ? null : (
          <p
            className={`min-w-0 text-xs text-muted lg:col-start-2 lg:row-start-2 max-lg:col-span-2 max-lg:col-start-2 [overflow-wrap:anywhere] ${open ? "" : "line-clamp-2"}`}
          >
            <bdi>{reasonWords(details.reason)}</bdi>
          </p>
        )}
        <p className="min-w-0 text-xs text-muted [overflow-wrap:anywhere] max-lg:col-span-2 max-lg:col-start-2">
          <bdi className={line.actor === null ? "" : "text-ink"}>{actorWords(line)}</bdi>
          <Via line={line} />
          {address === null ? null : (
            <>
              {" · "}
              <bdi className="num">{address}</bdi>
            </>
          )}
        </p>
        <p className="flex items-baseline justify-end gap-2 text-xs text-muted max-lg:col-start-3 max-lg:row-start-1">
          <ClockTime at={at} />
          <Icon
            name="right"
            size={13}
            label={changes > 0 ? `${changes} changed` : undefined}
            className={`translate-y-0.5 transition-transform ${open ? "rotate-90" : ""} ${changes > 0 ? "" : "opacity-50"}`}
          />
        </p>
      </div>
      {open ? <AuditDetail id={id} line={line} /> : null}
    </li>
  );
});

function Subject({ line }: { line: AuditLine }) {
  const name = subjectName(line);
  if (name === null) return null;
  const href = subjectHref(line);
  return (
    <>
      {line.action.startsWith("sign-in") ? " as " : " "}
      {href === null ? (
        <bdi>{name}</bdi>
      ) : (
        // Above the row, which opens.
        <Link href={href} prefetch={false} className="relative rounded text-accent hover:underline">
          <bdi>{name}</bdi>
        </Link>
      )}
    </>
  );
}

function Via({ line }: { line: AuditLine }) {
  const via = viaWords(line);
  if (via === null) return null;
  return (
    <>
      {" "}
      <bdi>{via}</bdi>
    </>
  );
}
