"use client";

import Link from "next/link";
import type { ReactNode } from "react";
import type { AuditLine } from "@/components/data/outputs";
import { formatExact, formatLocal } from "@/components/format";
import { AuditChanges } from "./AuditChanges";
import { sideWords } from "./change-words";
import { subjectHref, subjectName } from "./subject";

/** What the row of a deed has no room for. Opened in a browser only: the viewer's own clock is known. */
export function AuditDetail({ id, line }: { id: string; line: AuditLine }) {
  const { at, action, subject, subjectId, details } = line;
  const { changes = [], moreChanges = 0, facts = {}, unrecorded } = details;
  // The row has a link where it has a name.
  const href = subjectName(line) === null ? subjectHref(line) : null;
  return (
    <div id={id} className="flex flex-col gap-3 pt-0.5 pr-4 pb-4 pl-[42px] lg:pl-[46px]">
      {changes.length + moreChanges > 0 ? <AuditChanges changes={changes} more={moreChanges} /> : null}
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-5 gap-y-1 text-xs">
        {unrecorded === undefined ? null : (
          <Fact name="Left out">{formatExact(unrecorded)} like it before, which were too many to be written</Fact>
        )}
        {Object.entries(facts).map(([name, value]) => (
          <Fact key={name} name={name}>
            {sideWords(name, value) ?? "nothing"}
          </Fact>
        ))}
        <Fact name="When">{formatLocal(at)}</Fact>
        <Fact name="Action">
          <span className="font-mono">{action}</span>
        </Fact>
        {subjectId === null ? null : (
          <Fact name="Id">
            <span className="font-mono">{subjectId}</span>
          </Fact>
        )}
        {href === null ? null : (
          <Fact name="Page">
            <Link href={href} prefetch={false} className="rounded font-medium text-accent hover:underline">
              {subject ?? "Open"}
            </Link>
          </Fact>
        )}
      </dl>
    </div>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="break-words text-muted first-letter:uppercase">
        <bdi>{name}</bdi>
      </dt>
      <dd className="num min-w-0 [overflow-wrap:anywhere]">
        <bdi>{children}</bdi>
      </dd>
    </>
  );
}
