"use client";

import Link from "next/link";
import { memo } from "react";
import { failureTitle } from "@/components/catalogue/failure-words";
import type { InstanceSummary, OpenAlert } from "@/components/data/outputs";
import { STATE_TONE, type State, stateOf, stateWord } from "@/components/instances/state";
import { titleOf } from "@/components/instances/titles";
import { Card } from "@/components/ui/Card";
import { RelativeTime } from "@/components/ui/RelativeTime";
import { StatusShape } from "@/components/ui/StatusShape";

interface Props {
  readonly instances: readonly InstanceSummary[];
  /** Pending and firing. */
  readonly alerts: readonly OpenAlert[];
  readonly renderedAt: number;
}

const WRONG: readonly State[] = ["failing", "degraded"];

/** Instances that answer only partly, or have only just stopped to, and that no alert speaks of. What began last first. */
export function Degraded({ instances, alerts, renderedAt }: Props) {
  const told = new Set(alerts.flatMap(({ phase, instanceId }) => (phase === "firing" ? instanceId : [])));
  const wrong = instances
    .filter((instance) => WRONG.includes(stateOf(instance)) && !told.has(instance.id))
    .sort((a, b) => WRONG.indexOf(stateOf(a)) - WRONG.indexOf(stateOf(b)) || b.status.since - a.status.since);
  if (wrong.length === 0) return null;
  return (
    <section aria-labelledby="degraded">
      <h2 id="degraded" className="mb-2 flex items-center gap-2 text-sm font-semibold text-muted">
        Partly read
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
      className="relative grid grid-cols-[14px_minmax(0,1fr)_auto] items-baseline gap-x-3 gap-y-0.5 border-b border-line px-4 py-2 transition-colors last:border-b-0 hover:bg-hover lg:grid-cols-[14px_minmax(0,15rem)_minmax(0,1fr)_auto]"
    >
      <StatusShape tone={STATE_TONE[state]} label={stateWord(instance)} className="self-center lg:self-auto" />
      <div className="min-w-0">
        <Link href={`/instances/${id}`} title={title} className="row-link block truncate text-sm font-medium">
          <bdi>{title}</bdi>
        </Link>
        <p className="truncate text-xs text-muted" title={about}>
          <bdi>{about}</bdi>
        </p>
      </div>
      <div className="min-w-0 max-lg:col-span-2 max-lg:col-start-2 max-lg:row-start-2">
        <p className="text-sm break-words text-muted">
          <span className={`font-medium ${state === "failing" ? "text-bad" : "text-warn"}`}>
            {failureTitle(status.reason ?? "")}
          </span>
          {status.message ? (
            <>
              <span className="mx-1.5">·</span>
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
