"use client";

import { memo, useMemo } from "react";
import type { OverviewInstance } from "@/components/data/outputs";
import { FilterBar } from "@/components/instances/FilterBar";
import { filterInstances, NO_FILTERS } from "@/components/instances/filters";
import { firstOf, groupByCategory } from "@/components/instances/group";
import { useFilters } from "@/components/instances/use-filters";
import { Button } from "@/components/ui/Button";
import { EmptyState } from "@/components/ui/EmptyState";
import type { Samples } from "./concerns";
import { CardGroup, RowGroup } from "./InstanceGroup";
import { MoreBelow, useReveal } from "./MoreBelow";
import { ViewSwitch } from "./ViewSwitch";
import type { View } from "./view";

interface Props {
  readonly instances: readonly OverviewInstance[];
  readonly samples: Samples;
  /** Ids of those whose first readings are on their way. */
  readonly waiting: ReadonlySet<string>;
  readonly renderedAt: number;
  readonly view: View;
  onView(view: View): void;
}

const GRID = {
  normal: "grid-cols-[repeat(auto-fill,minmax(min(100%,270px),1fr))] gap-x-2.5",
  compact: "grid-cols-[repeat(auto-fill,minmax(min(100%,230px),1fr))] gap-x-2",
} as const;

/** Instances by category, narrowed by what the address says. */
export const InstanceSection = memo(function InstanceSection({
  instances,
  samples,
  waiting,
  renderedAt,
  view,
  onView,
}: Props) {
  const { filters, setFilters } = useFilters();
  const groups = useMemo(() => groupByCategory(filterInstances(instances, filters)), [instances, filters]);
  const { count, revealMore } = useReveal();
  const total = groups.reduce((sum, { members }) => sum + members.length, 0);
  const shown = firstOf(groups, count);
  const rest = { samples, waiting, renderedAt, compact: view.density === "compact" };
  return (
    <section aria-labelledby="instances" className="flex min-w-0 flex-col gap-3">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <h2 id="instances" className="flex items-center gap-2 text-sm font-semibold">
          Instances
          <span className="num rounded bg-raised px-1.5 text-2xs leading-4 font-medium text-muted">
            {total === instances.length ? total : `${total} of ${instances.length}`}
          </span>
        </h2>
        <ViewSwitch view={view} onChange={onView} />
        <div className="w-full min-w-0 lg:order-1 lg:w-auto lg:flex-1">
          <FilterBar instances={instances} filters={filters} onChange={setFilters} />
        </div>
      </div>
      {total === 0 ? (
        <EmptyState
          icon="filter"
          title="Nothing fits these filters"
          action={<Button onClick={() => setFilters(NO_FILTERS)}>Clear filters</Button>}
        />
      ) : null}
      {view.layout === "grid" ? (
        <div className={`-mt-2 grid ${GRID[view.density]}`}>
          {shown.map((group) => (
            <CardGroup key={group.category} {...group} {...rest} />
          ))}
        </div>
      ) : (
        <div className="-mt-2 flex flex-col gap-1.5">
          {shown.map((group) => (
            <RowGroup key={group.category} {...group} {...rest} />
          ))}
        </div>
      )}
      {total > count ? <MoreBelow reveal={revealMore} /> : null}
    </section>
  );
});
