"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { useEffect, useMemo, useState } from "react";
import { May } from "@/components/account/May";
import { useMe } from "@/components/account/use-me";
import { YamlMenu } from "@/components/config/YamlMenu";
import type { InstanceSummary } from "@/components/data/outputs";
import { unpackInstances } from "@/components/data/pack-instances";
import { useTRPC } from "@/components/data/trpc";
import { useDrawn } from "@/components/data/use-drawn";
import { useOnDemand } from "@/components/frame/use-on-demand";
import { useRowLinks } from "@/components/frame/use-row-links";
import { NoInstances } from "@/components/overview/NoInstances";
import { Button } from "@/components/ui/Button";
import { buttonClass } from "@/components/ui/button-class";
import { Card } from "@/components/ui/Card";
import { DataTable } from "@/components/ui/DataTable";
import { EmptyState } from "@/components/ui/EmptyState";
import { ErrorState } from "@/components/ui/ErrorState";
import { Icon } from "@/components/ui/icons";
import { PageHeader } from "@/components/ui/PageHeader";
import { Skeleton } from "@/components/ui/Skeleton";
import { STATE_MASKS } from "@/components/ui/state-mark";
import { instanceColumns } from "./columns";
import { FilterBar } from "./FilterBar";
import { filterInstances, NO_FILTERS } from "./filters";
import { ROW_ICONS, RowActions } from "./RowActions";
import { useFilters } from "./use-filters";
import { useInstanceActions } from "./use-instance-actions";

const loadDialog = () => import("@/components/instance/DeleteDialog").then(({ DeleteDialog }) => DeleteDialog);

/** So many the server draws: about a quarter of a millisecond each, and there before any script runs. The browser unfolds the rest. */
const ROWS_AT_FIRST = 500;
/** In the order of the columns, those that are hidden on narrower screens left out there. */
const TRACKS =
  "[--tracks:58px_minmax(0,1fr)_84px_56px] sm:[--tracks:76px_minmax(0,3fr)_minmax(0,2fr)_104px_104px] md:[--tracks:136px_minmax(0,3fr)_minmax(0,2fr)_104px_104px] lg:[--tracks:136px_minmax(0,2fr)_minmax(0,1.5fr)_minmax(0,1.2fr)_76px_104px_104px] xl:[--tracks:76px_minmax(0,2fr)_minmax(0,1.5fr)_minmax(0,1.2fr)_minmax(0,2.2fr)_76px_104px_120px_minmax(0,1.2fr)_104px] min-[87.5rem]:[--tracks:136px_minmax(0,2fr)_minmax(0,1.5fr)_minmax(0,1.2fr)_minmax(0,2.2fr)_76px_104px_120px_minmax(0,1.2fr)_104px]";
const DRAWINGS = { ...STATE_MASKS, ...ROW_ICONS };
/** The top bar's height: the head of the table stops under it. */
const BAR_PX = 48;

interface Props {
  /** What the server draws, packed; absent where it could not read it in time. */
  readonly packed: string | undefined;
  /** What the server took for now. */
  readonly renderedAt: number;
}

/** Every instance in one table. */
export function InstanceList({ packed, renderedAt }: Props) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const drawn = useMemo(() => {
    if (packed === undefined) return undefined;
    const instances = unpackInstances(packed);
    // What the cache has already is somebody else's to change, and not while this is drawn.
    const key = trpc.plugins.instances.queryKey();
    if (!queryClient.getQueryData(key)) queryClient.setQueryData(key, instances, { updatedAt: renderedAt });
    return instances;
  }, [packed, renderedAt, queryClient, trpc]);
  useEffect(() => {
    const key = trpc.plugins.instances.queryKey();
    const known = queryClient.getQueryState(key)?.dataUpdatedAt ?? 0;
    if (drawn && known < renderedAt) queryClient.setQueryData(key, drawn, { updatedAt: renderedAt });
  }, [drawn, renderedAt, queryClient, trpc]);
  const { data: cached, error, refetch } = useQuery(trpc.plugins.instances.queryOptions());
  const data = useDrawn(drawn, cached);
  if (data) return data.length === 0 ? <NoInstances /> : <Filled instances={data} renderedAt={renderedAt} />;
  if (!error) return <Skeleton className="h-96 w-full" />;
  return (
    <ErrorState
      layout="block"
      title="The instances could not be read"
      message={error.message}
      hint="Unity may be starting or stopping. Its log says more."
      action={<Button onClick={() => void refetch()}>Try again</Button>}
    />
  );
}

function Filled({ instances, renderedAt }: { instances: readonly InstanceSummary[]; renderedAt: number }) {
  const { filters, setFilters } = useFilters();
  const actions = useInstanceActions();
  const [deleting, setDeleting] = useState<InstanceSummary | null>(null);
  const { Part: DeleteDialog, open: asking, setOpen: setAsking, show: ask } = useOnDemand(loadDialog, "The question");
  const list = useRowLinks<HTMLDivElement>();
  const rows = useMemo(() => filterInstances(instances, filters), [instances, filters]);
  const { may } = useMe();
  const [mayRun, mayChange] = [may("respond"), may("administer")];
  const columns = useMemo(
    () =>
      instanceColumns(renderedAt, (instance) => (
        <RowActions
          instance={instance}
          mayRun={mayRun}
          mayChange={mayChange}
          actions={actions}
          onDelete={(chosen) => {
            setDeleting(chosen);
            ask();
          }}
        />
      )),
    [renderedAt, actions, ask, mayRun, mayChange],
  );
  return (
    <>
      <PageHeader
        title="Instances"
        facts={<span>{rows.length === instances.length ? rows.length : `${rows.length} of ${instances.length}`}</span>}
        actions={
          <>
            <YamlMenu what={{ parts: ["instances", "parents"] }} name="unity-instances" />
            <May permission="administer">
              <Link href="/catalogue" className={buttonClass({ variant: "primary" })}>
                <Icon name="plus" size={15} />
                Add
              </Link>
            </May>
          </>
        }
      />
      <FilterBar instances={instances} filters={filters} onChange={setFilters} />
      <Card padding="none" ref={list} style={DRAWINGS}>
        <DataTable
          label="Instances"
          columns={columns}
          rows={rows}
          rowKey={({ id }) => id}
          initialSort={{ key: "name", ascending: true }}
          stickyTop={BAR_PX}
          limit={ROWS_AT_FIRST}
          tracks={TRACKS}
          empty={
            <EmptyState
              icon="filter"
              title="Nothing fits these filters"
              action={<Button onClick={() => setFilters(NO_FILTERS)}>Clear filters</Button>}
            />
          }
        />
      </Card>
      {deleting && DeleteDialog ? <DeleteDialog head={deleting} open={asking} onOpenChange={setAsking} /> : null}
    </>
  );
}
