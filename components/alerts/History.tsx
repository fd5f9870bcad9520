"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/data/trpc";
import { formatExact } from "@/components/format";
import { Button } from "@/components/ui/Button";
import { Card } from "@/components/ui/Card";
import { EmptyState } from "@/components/ui/EmptyState";
import { ErrorState } from "@/components/ui/ErrorState";
import { PageHeader } from "@/components/ui/PageHeader";
import { Skeleton } from "@/components/ui/Skeleton";
import { AlertTabs } from "./AlertTabs";
import { HistoryDownload } from "./HistoryDownload";
import { HistoryFilters } from "./HistoryFilters";
import { HistoryRow } from "./HistoryRow";
import { isNarrowed } from "./history-filter";
import { useHistory, useHistoryFilter } from "./use-history";

/** Alerts that fired, newest first. @param renderedAt what the server took for now. Epoch milliseconds */
export function History({ renderedAt }: { renderedAt: number }) {
  const trpc = useTRPC();
  const { filter, setFilter } = useHistoryFilter();
  const { alerts, input, error, isPending, isFetchingNextPage, hasNextPage, fetchNextPage } = useHistory(
    filter,
    renderedAt,
  );
  const { data: instances = [] } = useQuery(trpc.plugins.instances.queryOptions());
  const narrowed = isNarrowed(filter);
  const found = alerts.length > 0 ? `${formatExact(alerts.length)}${hasNextPage ? " or more" : ""}` : null;
  return (
    <>
      <PageHeader
        title="Alerts"
        facts={found ? <span>{found} that fired</span> : null}
        actions={alerts.length > 0 ? <HistoryDownload input={input} /> : null}
      />
      <AlertTabs current="history" />
      <HistoryFilters filter={filter} alerts={alerts} instances={instances} onChange={setFilter} />
      {error ? <ErrorState title="The history could not be read" message={error.message} /> : null}
      {isPending && !error ? <Skeleton className="h-96 rounded-xl" /> : null}
      {isPending || (error && alerts.length === 0) ? null : (
        <Card padding="none" className="min-w-0 overflow-hidden">
          {alerts.length === 0 ? (
            narrowed ? (
              <EmptyState title="No alert is like that">Take a filter away, or look further back.</EmptyState>
            ) : (
              <EmptyState icon="alerts" title="Nothing has fired yet">
                When something does, it stays here for 90 days, with what was done about it.
              </EmptyState>
            )
          ) : (
            <ul aria-label="Alerts of the past">
              {alerts.map((alert) => (
                <HistoryRow key={alert.id} alert={alert} />
              ))}
            </ul>
          )}
          {hasNextPage ? (
            <div className="flex justify-center border-t border-line p-2">
              <Button variant="ghost" busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
                Older
              </Button>
            </div>
          ) : null}
        </Card>
      )}
    </>
  );
}
