"use client";

import { useCallback } from "react";
import { formatExact } from "@/components/format";
import { SearchBox } from "@/components/instances/SearchBox";
import { buttonClass } from "@/components/ui/button-class";
import { FilterSelect } from "@/components/ui/FilterSelect";
import { SEVERITIES, WORD_OF } from "../severity";
import { isQuerying, NO_QUERY, type RuleItem, type RuleQuery, USES, type Use } from "./rule-query";

interface Props {
  readonly items: readonly RuleItem[];
  readonly query: RuleQuery;
  readonly left: number;
  onChange(change: Partial<RuleQuery>): void;
}

const USE_WORD: Readonly<Record<Use, string>> = {
  firing: "Firing now",
  changed: "Changed",
  off: "Off somewhere",
  own: "Made here",
};

export function RuleFilters({ items, query, left, onChange }: Props) {
  const search = useCallback((text: string) => onChange({ text }), [onChange]);
  const plugins = new Map(items.flatMap(({ plugin, pluginName }) => (plugin ? [[plugin, pluginName ?? plugin]] : [])));
  const querying = isQuerying(query);
  return (
    <search className="-mx-3 flex min-w-0 items-center gap-2 overflow-x-auto px-3 py-0.5 [scrollbar-width:none] sm:mx-0 sm:flex-wrap sm:px-0">
      <SearchBox label="Filter rules" value={query.text} onChange={search} />
      <FilterSelect
        label="Plugin"
        value={query.plugin}
        options={[...plugins]
          .map(([value, name]) => ({ value, name }))
          .sort((one, other) => one.name.localeCompare(other.name, "en"))}
        onChange={(plugin) => onChange({ plugin })}
      />
      <FilterSelect
        label="Severity"
        value={query.severity}
        options={SEVERITIES.map((value) => ({ value, name: WORD_OF[value] }))}
        onChange={(value) => onChange({ severity: SEVERITIES.find((one) => one === value) ?? "" })}
      />
      <FilterSelect
        label="State"
        value={query.use}
        options={USES.map((value) => ({ value, name: USE_WORD[value] }))}
        onChange={(value) => onChange({ use: USES.find((one) => one === value) ?? "" })}
      />
      {querying ? (
        <button type="button" onClick={() => onChange(NO_QUERY)} className={buttonClass({ variant: "ghost" })}>
          Clear
        </button>
      ) : null}
      <span role="status" className="num ms-auto shrink-0 text-xs text-muted">
        {querying ? `${formatExact(left)} of ${formatExact(items.length)}` : null}
      </span>
    </search>
  );
}
