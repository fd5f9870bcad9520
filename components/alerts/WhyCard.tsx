"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import type { AlertAnalysis } from "@/components/data/outputs";
import { useTRPC } from "@/components/data/trpc";
import { formatText } from "@/components/format";
import { humanName, labelText } from "@/components/names";
import { Card, CardTitle } from "@/components/ui/Card";

/** What the figures say: what is usual, where it is heading, what else moved, and what to do. Nothing where they say nothing. */
export function WhyCard({ id }: { id: string }) {
  const { data: analysis } = useQuery(useTRPC().assist.analysis.queryOptions({ id }, { retry: false }));
  if (!analysis) return null;
  const { suggestion, baseline, trend, moved } = analysis;
  return (
    <Card className="order-2">
      <CardTitle aside="by rules, no model">What the figures say</CardTitle>
      <p className="text-sm text-pretty break-words">
        <bdi>{suggestion.text}</bdi>
      </p>
      {baseline || trend ? (
        <dl className="mt-3 grid gap-x-4 gap-y-2 sm:grid-cols-[auto_minmax(0,1fr)]">
          {baseline ? <Fact name="Usual">{baseline.sentence}</Fact> : null}
          {trend ? <Fact name="Heading">{trend.sentence}</Fact> : null}
        </dl>
      ) : null}
      {moved.length > 0 ? (
        <>
          <h3 className="mt-3 text-xs font-medium text-muted">What moved at the same time, on the same host</h3>
          <ul className="mt-1 -mb-1.5">
            {moved.slice(0, SHOWN).map((one) => (
              <MovedLine key={`${one.instance.id} ${one.metric} ${JSON.stringify(one.labels)}`} moved={one} />
            ))}
          </ul>
        </>
      ) : null}
    </Card>
  );
}

/** The others are in what an assistant is told. */
const SHOWN = 5;

function Fact({ name, children }: { name: string; children: string }) {
  return (
    <>
      <dt className="text-xs leading-5 text-muted">{name}</dt>
      <dd className="num min-w-0 text-sm text-pretty">{children}</dd>
    </>
  );
}

function MovedLine({
  moved: { instance, metric, labels, unit, before, now },
}: {
  moved: AlertAnalysis["moved"][number];
}) {
  const shown = unit === "bool" ? "ratio" : unit;
  const named = labelText(labels);
  return (
    <li className="relative flex items-baseline justify-between gap-3 border-b border-line py-1.5 last:border-b-0">
      <Link
        href={`/instances/${instance.id}`}
        prefetch={false}
        className="row-link min-w-0 text-sm break-words hover:underline"
      >
        <bdi>{instance.name}</bdi>{" "}
        <span className="text-xs text-muted">
          <bdi>{humanName(metric)}</bdi>
          {named === "" ? null : (
            <>
              {" "}
              <bdi>{named}</bdi>
            </>
          )}
        </span>
      </Link>
      <span className="num shrink-0 text-xs">
        <span className="text-muted">{formatText(before, shown)} → </span>
        {formatText(now, shown)}
      </span>
    </li>
  );
}
