"use client";

import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTRPC } from "@/components/data/trpc";
import { formatExact } from "@/components/format";
import { ErrorState } from "@/components/ui/ErrorState";
import { PageHeader } from "@/components/ui/PageHeader";
import { Skeleton } from "@/components/ui/Skeleton";
import { FailingNow } from "./FailingNow";
import { groupRules } from "./group-rules";
import { Rules } from "./Rules";

/** What is wrong now, and what will be watched for. @param renderedAt what the server took for now. Epoch milliseconds */
export function Alerts({ renderedAt }: { renderedAt: number }) {
  const trpc = useTRPC();
  const instances = useQuery(trpc.plugins.instances.queryOptions());
  const rules = useQuery(trpc.alerts.rules.queryOptions({}));
  // Live messages change states every second; rules only change with instances.
  const names = JSON.stringify(instances.data?.map(({ id, name, host, enabled }) => [id, name, host, enabled]));
  // biome-ignore lint/correctness/useExhaustiveDependencies: `names` is all that matters here of `instances`.
  const rows = useMemo(() => groupRules(rules.data ?? [], instances.data ?? []), [rules.data, names]);
  const error = instances.error ?? rules.error;
  return (
    <>
      <PageHeader
        title="Alerts"
        facts={
          rules.data ? (
            <span>
              {formatExact(rows.length)} {rows.length === 1 ? "rule" : "rules"}
            </span>
          ) : null
        }
      />
      {error ? <ErrorState title="The alerts could not be read" message={error.message} /> : null}
      {instances.data ? <FailingNow instances={instances.data} renderedAt={renderedAt} /> : null}
      {rules.data ? <Rules rows={rows} /> : error ? null : <Skeleton className="h-96 rounded-xl" />}
    </>
  );
}
