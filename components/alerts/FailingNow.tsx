"use client";

import Link from "next/link";
import { memo } from "react";
import { failureTitle } from "@/components/catalogue/failure-words";
import type { InstanceSummary } from "@/components/data/outputs";
import { STATE_TONE, STATE_WORD, type State, stateOf } from "@/components/instances/state";
import { titleOf } from "@/components/instances/titles";
import { Card } from "@/components/ui/Card";
import { RelativeTime } from "@/components/ui/RelativeTime";
import { StatusShape } from "@/components/ui/StatusShape";

interface Props {
  readonly instances: readonly InstanceSummary[];
  readonly renderedAt: number;
}

const WRONG: readonly State[] = ["failing", "degraded"];

/** Instances that cannot be read, or not wholly: the worst first, then what began last. */
export function FailingNow({ instances, renderedAt }: Props) {
  const wrong = instances
    .filter((instance) => WRONG.includes(stateOf(instance)))
    .sort((a, b) => WRONG.indexOf(stateOf(a)) - WRONG.indexOf(stateOf(b)) || b.status.since - a.status.since);
  const enabled = instances.filter((instance) => instance.enabled).length;
  if (wrong.length === 0)
    return (
      <p role="status" className="num flex min-h-6 flex-wrap items-center gap-x-2 text-sm text-muted">
        <StatusShape tone={enabled === 0 ? "paused" : "ok"} label="" size={11} />
        <span className="font-medium text-ink">{enabled === 0 ? "Nothing is collected" : "Nothing fails"}</span>
        {enabled === 0
          ? "Add or resume an instance; its rules appear here."
          : enabled === 1
            ? "The one instance can be read."
            : `All ${enabled} instances can be read.`}
      </p>
    );
  return (
    <section aria-labelledby="failing-now">
      <h2 id="failing-now" className="mb-2 flex items-center gap-2 text-sm font-semibold">
        Failing now
        <span className="num rounded bg-raised px-1.5 text-2xs leading-4 font-medium text-muted">{wrong.length}</span>
      </h2>
      <Card padding="none" className="overflow-hidden">
        <ul>
          {wrong.map((instance) => (
            <Row key={instance.id} instance={instance} renderedAt={renderedAt} />
          ))}
        </ul>
      </Card>
    </section>
  );
}

const Row = memo(function Row({ instance, renderedAt }: { instance: InstanceSummary; renderedAt: number }) {
  const { id, status } = instance;
  const state = stateOf(instance);
  const { title, about } = titleOf(instance);
  return (
    <li
      data-row
      className="relative grid grid-cols-[12px_minmax(0,1fr)_auto] items-baseline gap-x-3 gap-y-0.5 border-b border-line px-4 py-2 transition-colors last:border-b-0 hover:bg-hover lg:grid-cols-[12px_minmax(0,15rem)_minmax(0,1fr)_auto]"
    >
      <StatusShape tone={STATE_TONE[state]} label={STATE_WORD[state]} className="self-center lg:self-auto" />
      <div className="min-w-0">
        <Link href={`/instances/${id}`} title={title} className="row-link block truncate text-sm font-semibold">
          <bdi>{title}</bdi>
        </Link>
        <p className="truncate text-xs text-muted" title={about}>
          <bdi>{about}</bdi>
        </p>
      </div>
      <div className="min-w-0 max-lg:col-span-2 max-lg:col-start-2 max-lg:row-start-2">
        <p className="text-sm break-words">
          <span className={`font-medium ${state === "failing" ? "text-bad" : "text-warn"}`}>
            {failureTitle(status.reason ?? "")}
          </span>
          {status.message ? (
            <>
              <span className="mx-1.5 text-muted">·</span>
              <bdi>{status.message}</bdi>
            </>
          ) : null}
        </p>
        {status.hint ? (
          <p className="text-xs break-words text-muted">
            <bdi>{status.hint}</bdi>
          </p>
        ) : null}
      </div>
      <span className="text-right text-xs text-muted">
        <RelativeTime at={status.since} now={renderedAt} />
      </span>
    </li>
  );
});
