"use client";

import { memo, useCallback } from "react";
import type { InstanceSummary } from "@/components/data/outputs";
import { buttonClass } from "@/components/ui/button-class";
import { FilterSelect } from "@/components/ui/FilterSelect";
import { type Filters, filterOptions, isFiltering, NO_FILTERS } from "./filters";
import { CATEGORY_NAME } from "./group";
import { SearchBox } from "./SearchBox";
import { STATE_WORD } from "./state";

interface Props {
  readonly instances: readonly InstanceSummary[];
  readonly filters: Filters;
  onChange(change: Partial<Filters>): void;
}

const plain = (values: readonly string[]) => values.map((value) => ({ value, name: value }));

/** Narrows a list of instances. What there is nothing to choose from is not offered. */
export const FilterBar = memo(function FilterBar({ instances, filters, onChange }: Props) {
  // Steady, because live messages must not restart the wait for a pause in typing.
  const search = useCallback((text: string) => onChange({ text }), [onChange]);
  const { hosts, tags, categories, states } = filterOptions(instances, filters);
  return (
    <search className="-mx-3 flex min-w-0 items-center gap-2 overflow-x-auto px-3 py-0.5 [scrollbar-width:none] sm:mx-0 sm:flex-wrap sm:px-0">
      <SearchBox label="Filter instances" value={filters.text} onChange={search} />
      {states.length > 1 || filters.state !== "" ? (
        <FilterSelect
          label="State"
          value={filters.state}
          options={states.map((state) => ({ value: state, name: STATE_WORD[state] }))}
          onChange={(value) => onChange({ state: states.find((state) => state === value) ?? "" })}
        />
      ) : null}
      {hosts.length > 1 || filters.host !== "" ? (
        <FilterSelect
          label="Host"
          value={filters.host}
          options={plain(hosts)}
          onChange={(host) => onChange({ host })}
        />
      ) : null}
      {tags.length > 0 ? (
        <FilterSelect label="Tag" value={filters.tag} options={plain(tags)} onChange={(tag) => onChange({ tag })} />
      ) : null}
      {categories.length > 1 || filters.category !== "" ? (
        <FilterSelect
          label="Category"
          value={filters.category}
          options={categories.map((category) => ({ value: category, name: nameOf(category) }))}
          onChange={(category) => onChange({ category })}
        />
      ) : null}
      {isFiltering(filters) ? (
        <button type="button" onClick={() => onChange(NO_FILTERS)} className={buttonClass({ variant: "ghost" })}>
          Clear
        </button>
      ) : null}
    </search>
  );
});

const nameOf = (category: string): string =>
  Object.entries(CATEGORY_NAME).find(([key]) => key === category)?.[1] ?? category;
