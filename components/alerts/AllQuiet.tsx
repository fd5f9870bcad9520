"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/data/trpc";
import { RelativeTime } from "@/components/ui/RelativeTime";
import { StatusShape } from "@/components/ui/StatusShape";

interface Props {
  /** How many instances are collected. */
  readonly enabled: number;
  readonly renderedAt: number;
}

/** One calm sentence where nothing fires. */
export function AllQuiet({ enabled, renderedAt }: Props) {
  const trpc = useTRPC();
  const { data: ends } = useQuery(trpc.alerts.history.queryOptions({ events: ["resolved"], limit: 1 }));
  const last = ends?.[0];
  return (
    <p role="status" className="num flex min-h-6 flex-wrap items-center gap-x-2 text-sm text-muted">
      <StatusShape tone={enabled === 0 ? "paused" : "ok"} label="" size={11} />
      <span className="font-medium text-ink">{enabled === 0 ? "Nothing is watched" : "All is well"}</span>
      {enabled === 0 ? (
        <span>Add or resume an instance; the rules of its plugin watch it from then on.</span>
      ) : last ? (
        <span>
          Nothing fires since <RelativeTime at={last.at} now={renderedAt} />.
        </span>
      ) : (
        <span>Nothing fires, and nothing has fired yet.</span>
      )}
    </p>
  );
}
