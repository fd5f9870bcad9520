"use client";

import Link from "next/link";
import { Badge } from "@/components/ui/Badge";
import type { Column } from "@/components/ui/DataTable";
import type { Tone } from "@/components/ui/tones";
import type { RuleRow } from "./group-rules";
import { SEVERITIES, type Severity } from "./rule-filter";

const SEVERITY_TONE: Readonly<Record<Severity, Tone>> = { critical: "bad", warning: "warn", info: "unknown" };
export const SEVERITY_WORD: Readonly<Record<Severity, string>> = {
  critical: "Critical",
  warning: "Warning",
  info: "Information",
};

/** A rule that watches fifty instances names the first. */
const NAMED = 3;

export const RULE_COLUMNS: readonly Column<RuleRow>[] = [
  {
    key: "rule",
    title: "When",
    sortBy: ({ words }) => words,
    cell: (row) => <When row={row} />,
  },
  {
    key: "severity",
    title: "Severity",
    width: "112px",
    from: "sm",
    sortBy: ({ severity }) => SEVERITIES.indexOf(severity),
    cell: ({ severity }) => <SeverityBadge severity={severity} />,
  },
  {
    key: "plugin",
    title: "Plugin",
    width: "160px",
    from: "lg",
    sortBy: ({ pluginName }) => pluginName,
    cell: ({ pluginName }) => <span className="text-muted">{pluginName}</span>,
  },
  {
    key: "watches",
    title: "Watches",
    width: "26%",
    from: "md",
    sortBy: ({ watches }) => watches[0]?.title ?? null,
    cell: ({ watches }) => <Watches watches={watches} />,
  },
];

const SeverityBadge = ({ severity }: { severity: Severity }) => (
  <Badge tone={SEVERITY_TONE[severity]} shape>
    {SEVERITY_WORD[severity]}
  </Badge>
);

function When({ row: { words, summary, severity, watches, pluginName } }: { row: RuleRow }) {
  const [first] = watches;
  return (
    <div className="min-w-0 py-1.5">
      <p className="font-medium text-pretty break-words">
        {first ? (
          <Link href={`/instances/${first.id}?tab=alerts`} className="row-link">
            <bdi>{words}</bdi>
          </Link>
        ) : (
          words
        )}
      </p>
      <p className="text-xs text-pretty break-words text-muted">
        <bdi>{summary}</bdi>
      </p>
      <p className="mt-1 flex flex-wrap items-center gap-x-2 gap-y-1 text-xs text-muted md:hidden">
        <span className="sm:hidden">
          <SeverityBadge severity={severity} />
        </span>
        <span>{pluginName}</span>
        <Watches watches={watches} />
      </p>
    </div>
  );
}

function Watches({ watches }: Pick<RuleRow, "watches">) {
  const more = watches.length - NAMED;
  return (
    <span className="break-words text-muted">
      {watches.slice(0, NAMED).map(({ id, title }, index) => (
        <span key={id}>
          {index > 0 ? ", " : null}
          {/* Above the link of the row. */}
          <Link href={`/instances/${id}?tab=alerts`} className="relative z-1 hover:text-ink hover:underline">
            <bdi>{title}</bdi>
          </Link>
        </span>
      ))}
      {more > 0 ? ` and ${more} more` : null}
    </span>
  );
}
