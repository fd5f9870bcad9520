"use client";

import { useQuery } from "@tanstack/react-query";
import type { InstanceSummary, OpenAlert } from "@/components/data/outputs";
import { useTRPC } from "@/components/data/trpc";
import { formatExact } from "@/components/format";
import { ErrorState } from "@/components/ui/ErrorState";
import { PageHeader } from "@/components/ui/PageHeader";
import { Skeleton } from "@/components/ui/Skeleton";
import { useNow } from "@/components/ui/use-now";
import { AlertGroups } from "./AlertGroups";
import { AlertTabs } from "./AlertTabs";
import { AllQuiet } from "./AllQuiet";
import { Degraded } from "./Degraded";
import { groupAlerts } from "./standing-alert";
import { useOpenAlerts } from "./use-open-alerts";

const NONE: readonly never[] = [];

/** What fires now, and nothing else first. @param renderedAt what the server took for now. Epoch milliseconds */
export function Firing({ renderedAt }: { renderedAt: number }) {
  const trpc = useTRPC();
  const { data: open, error } = useOpenAlerts();
  const { data: instances = NONE } = useQuery(trpc.plugins.instances.queryOptions());
  return (
    <>
      <PageHeader title="Alerts" facts={open ? <Facts open={open} renderedAt={renderedAt} /> : null} />
      <AlertTabs current="firing" />
      {open ? <Groups open={open} instances={instances} renderedAt={renderedAt} /> : null}
      {error && !open ? (
        <ErrorState title="The alerts could not be read" message={error.message} />
      ) : open ? null : (
        <Skeleton className="h-60 rounded-xl" />
      )}
    </>
  );
}

interface Props {
  readonly open: readonly OpenAlert[];
  readonly instances: readonly InstanceSummary[];
  readonly renderedAt: number;
}

function Facts({ open, renderedAt }: Pick<Props, "open" | "renderedAt">) {
  const { loud, quiet, pending } = groupAlerts(open, useNow(renderedAt));
  const firing = loud.length + quiet.length;
  return (
    <>
      {firing > 0 ? <span>{formatExact(firing)} firing</span> : null}
      {pending.length > 0 ? <span>{formatExact(pending.length)} pending</span> : null}
    </>
  );
}

function Groups({ open, instances, renderedAt }: Props) {
  const firing = open.some(({ phase }) => phase === "firing");
  return (
    <>
      {firing ? null : <AllQuiet enabled={instances.filter(({ enabled }) => enabled).length} renderedAt={renderedAt} />}
      <AlertGroups open={open} instances={instances} renderedAt={renderedAt} />
      <Degraded instances={instances} alerts={open} renderedAt={renderedAt} />
    </>
  );
}
