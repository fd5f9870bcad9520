"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useMemo, useState } from "react";
import type { InstanceSummary } from "@/components/data/outputs";
import { useTRPC } from "@/components/data/trpc";
import { useDrawn } from "@/components/data/use-drawn";
import { useOnDemand } from "@/components/frame/use-on-demand";
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
import { instanceColumns } from "./columns";
import { FilterBar } from "./FilterBar";
import { filterInstances, NO_FILTERS } from "./filters";
import { RowActions } from "./RowActions";
import { useFilters } from "./use-filters";
import { useInstanceActions } from "./use-instance-actions";

const loadDialog = () => import("@/components/instance/DeleteDialog").then(({ DeleteDialog }) => DeleteDialog);

/** Beyond, rows unfold on demand: the server draws no thousand of them. */
const ROWS_AT_FIRST = 100;
/** The top bar's height: the head of the table stops under it. */
const BAR_PX = 48;

interface Props {
  /** What the server draws; absent where it could not read it in time. */
  readonly drawn: InstanceSummary[] | undefined;
  /** What the server took for now. */
  readonly renderedAt: number;
}

/** Every instance in one table. */
export function InstanceList({ drawn, renderedAt }: Props) {
  const trpc = useTRPC();
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
  const rows = useMemo(() => filterInstances(instances, filters), [instances, filters]);
  const columns = useMemo(
    () =>
      instanceColumns(renderedAt, (instance) => (
        <RowActions
          instance={instance}
          actions={actions}
          onDelete={(chosen) => {
            setDeleting(chosen);
            ask();
          }}
        />
      )),
    [renderedAt, actions, ask],
  );
  return (
    <>
      <PageHeader
        title="Instances"
        facts={<span>{rows.length === instances.length ? rows.length : `${rows.length} of ${instances.length}`}</span>}
        actions={
          <Link href="/catalogue" className={buttonClass({ variant: "primary" })}>
            <Icon name="plus" size={15} />
            Add
          </Link>
        }
      />
      <FilterBar instances={instances} filters={filters} onChange={setFilters} />
      <Card padding="none">
        <DataTable
          label="Instances"
          columns={columns}
          rows={rows}
          rowKey={({ id }) => id}
          initialSort={{ key: "name", ascending: true }}
          stickyTop={BAR_PX}
          limit={ROWS_AT_FIRST}
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
