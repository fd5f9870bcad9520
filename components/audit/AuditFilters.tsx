"use client";

import { useQuery } from "@tanstack/react-query";
import { RANGES, rangeKeyOf } from "@/components/alerts/history-filter";
import type { AuditLine, PersonView } from "@/components/data/outputs";
import { useTRPC } from "@/components/data/trpc";
import { buttonClass } from "@/components/ui/button-class";
import { FilterSelect } from "@/components/ui/FilterSelect";
import { type AuditFilter, isNarrowed, NO_AUDIT_FILTER, OUTCOMES, outcomeOf } from "./audit-filter";
import { KINDS } from "./deed-words";
import { OUTCOME_LOOK } from "./outcome-look";

interface Props {
  readonly filter: AuditFilter;
  readonly lines: readonly AuditLine[];
  onChange(change: Partial<AuditFilter>): void;
}

export function AuditFilters({ filter, lines, onChange }: Props) {
  const trpc = useTRPC();
  const { data: people = [] } = useQuery(trpc.people.list.queryOptions());
  return (
    <search className="-mx-3 flex min-w-0 items-center gap-2 overflow-x-auto px-3 py-0.5 [scrollbar-width:none] sm:mx-0 sm:flex-wrap sm:px-0">
      <FilterSelect
        label="Everybody"
        value={filter.who}
        options={whoOptions(people, lines, filter.who)}
        onChange={(who) => onChange({ who })}
      />
      <FilterSelect
        label="Everything"
        value={filter.what}
        options={
          filter.what === "" || KINDS.some(({ value }) => value === filter.what)
            ? KINDS
            : [{ value: filter.what, name: filter.what }, ...KINDS]
        }
        onChange={(what) => onChange({ what })}
      />
      <FilterSelect
        label="Any outcome"
        value={filter.outcome}
        options={OUTCOMES.map((value) => ({ value, name: OUTCOME_LOOK[value].word }))}
        onChange={(value) => onChange({ outcome: outcomeOf(value) })}
      />
      <FilterSelect
        label="All time"
        value={filter.range}
        options={RANGES.map(({ key, name }) => ({ value: key, name: `Last ${name}` }))}
        onChange={(value) => onChange({ range: rangeKeyOf(value) })}
      />
      {isNarrowed(filter) ? (
        <button type="button" onClick={() => onChange(NO_AUDIT_FILTER)} className={buttonClass({ variant: "ghost" })}>
          Clear
        </button>
      ) : null}
    </search>
  );
}

/** Who is here, who is gone but stands in the list, and whom the address names. */
function whoOptions(people: readonly PersonView[], lines: readonly AuditLine[], chosen: string) {
  const names = new Map(people.map(({ id, name }) => [id, name]));
  for (const { actorId, actor } of lines) {
    const value = actorId ?? actor;
    if (value !== null && !names.has(value)) names.set(value, actor ?? value);
  }
  if (chosen !== "" && !names.has(chosen)) names.set(chosen, chosen);
  return [...names].map(([value, name]) => ({ value, name })).sort((a, b) => a.name.localeCompare(b.name, "en"));
}
