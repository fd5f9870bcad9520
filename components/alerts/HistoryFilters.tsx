"use client";

import { useCallback } from "react";
import type { InstanceSummary, PastAlert } from "@/components/data/outputs";
import { SearchBox } from "@/components/instances/SearchBox";
import { titleOf } from "@/components/instances/titles";
import { buttonClass } from "@/components/ui/button-class";
import { FilterSelect } from "@/components/ui/FilterSelect";
import { type HistoryFilter, isNarrowed, NO_HISTORY_FILTER, RANGES, rangeKeyOf } from "./history-filter";
import { SEVERITIES, severityOf, WORD_OF } from "./severity";

interface Props {
  readonly filter: HistoryFilter;
  readonly alerts: readonly PastAlert[];
  readonly instances: readonly InstanceSummary[];
  onChange(change: Partial<HistoryFilter>): void;
}

export function HistoryFilters({ filter, alerts, instances, onChange }: Props) {
  const search = useCallback((text: string) => onChange({ text }), [onChange]);
  return (
    <search className="-mx-3 flex min-w-0 items-center gap-2 overflow-x-auto px-3 py-0.5 [scrollbar-width:none] sm:mx-0 sm:flex-wrap sm:px-0">
      <SearchBox label="Filter the history" value={filter.text} onChange={search} />
      <FilterSelect
        label="Severity"
        value={filter.severity}
        options={SEVERITIES.map((value) => ({ value, name: WORD_OF[value] }))}
        onChange={(value) => onChange({ severity: severityOf(value) })}
      />
      <FilterSelect
        label="All time"
        value={filter.range}
        options={RANGES.map(({ key, name }) => ({ value: key, name: `Last ${name}` }))}
        onChange={(value) => onChange({ range: rangeKeyOf(value) })}
      />
      <FilterSelect
        label="Instance"
        value={filter.instance}
        options={instanceOptions(instances, filter.instance)}
        onChange={(instance) => onChange({ instance })}
      />
      <FilterSelect
        label="Rule"
        value={filter.rule}
        options={ruleOptions(alerts, filter.rule)}
        onChange={(rule) => onChange({ rule })}
      />
      {isNarrowed(filter) ? (
        <button type="button" onClick={() => onChange(NO_HISTORY_FILTER)} className={buttonClass({ variant: "ghost" })}>
          Clear
        </button>
      ) : null}
    </search>
  );
}

type Options = readonly { readonly value: string; readonly name: string }[];
const byName = (a: Options[number], b: Options[number]) => a.name.localeCompare(b.name, "en", { numeric: true });

function instanceOptions(instances: readonly InstanceSummary[], chosen: string): Options {
  const known = instances.map((instance) => {
    const { title } = titleOf(instance);
    return { value: instance.id, name: title === instance.host ? title : `${title} · ${instance.host}` };
  });
  const gone = chosen !== "" && !known.some(({ value }) => value === chosen);
  return [...(gone ? [{ value: chosen, name: "A removed instance" }] : []), ...known.sort(byName)];
}

/** Of what is on the page, and what the address names. */
function ruleOptions(alerts: readonly PastAlert[], chosen: string): Options {
  const names = new Map(alerts.map(({ ruleId, ruleName, plugin }) => [ruleId, nameOf(ruleId, ruleName, plugin)]));
  if (chosen !== "" && !names.has(chosen)) names.set(chosen, chosen);
  return [...names].map(([value, name]) => ({ value, name })).sort(byName);
}

/** Plugins name their rules alike: "Down" is of many. */
const nameOf = (id: string, name: string, plugin: string | null) =>
  plugin !== null && id.startsWith(`${plugin}/`) ? `${name} · ${plugin}` : name;
