"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/data/trpc";
import { formatExact } from "@/components/format";
import { EmptyState } from "@/components/ui/EmptyState";
import { PagedList } from "@/components/ui/PagedList";
import { PageHeader } from "@/components/ui/PageHeader";
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
  const history = useHistory(filter, renderedAt);
  const { alerts, input, hasNextPage } = history;
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
      <PagedList
        label="Alerts of the past"
        items={alerts}
        query={history}
        unreadable="The history could not be read"
        empty={
          narrowed ? (
            <EmptyState title="No alert is like that">Take a filter away, or look further back.</EmptyState>
          ) : (
            <EmptyState icon="alerts" title="Nothing has fired yet">
              When something does, it stays here for 90 days, with what was done about it.
            </EmptyState>
          )
        }
        row={(alert) => <HistoryRow key={alert.id} alert={alert} />}
      />
    </>
  );
}
