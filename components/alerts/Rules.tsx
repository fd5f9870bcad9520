"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { memo, useCallback, useMemo } from "react";
import { formatExact } from "@/components/format";
import { SearchBox } from "@/components/instances/SearchBox";
import { buttonClass } from "@/components/ui/button-class";
import { Card } from "@/components/ui/Card";
import { DataTable } from "@/components/ui/DataTable";
import { EmptyState } from "@/components/ui/EmptyState";
import { FilterSelect } from "@/components/ui/FilterSelect";
import { Icon } from "@/components/ui/icons";
import type { RuleRow } from "./group-rules";
import { RULE_COLUMNS, SEVERITY_WORD } from "./rule-columns";
import {
  filterRules,
  NO_FILTER,
  parseRuleFilter,
  type RuleFilter,
  ruleFilterParams,
  SEVERITIES,
  severityOf,
} from "./rule-filter";

/** A screen or two; the rest unfolds. */
const AT_FIRST = 60;

/** The rules that come with the plugins, in words. */
export const Rules = memo(function Rules({ rows }: { rows: readonly RuleRow[] }) {
  const { filter, setFilter } = useRuleFilter();
  const shown = useMemo(() => filterRules(rows, filter), [rows, filter]);
  const filtering = filter !== NO_FILTER && (filter.severity !== "" || filter.plugin !== "" || filter.text !== "");
  return (
    <section aria-labelledby="rules" className="flex min-w-0 flex-col gap-3">
      <div>
        <h2 id="rules" className="text-sm font-semibold">
          Rules
        </h2>
        <p className="mt-0.5 flex items-start gap-1.5 text-sm text-pretty text-muted">
          <Icon name="info" size={14} className="mt-[3px]" />
          They come with the plugins. This version lists them; evaluating them and sending notifications comes with a
          later one.
        </p>
      </div>
      <RuleFilters rows={rows} filter={filter} onChange={setFilter} left={shown.length} filtering={filtering} />
      <Card padding="none" className="min-w-0 overflow-clip">
        <DataTable
          label="Rules"
          stickyTop={48}
          columns={RULE_COLUMNS}
          rows={shown}
          rowKey={({ key }) => key}
          initialSort={{ key: "severity", ascending: true }}
          limit={AT_FIRST}
          empty={
            filtering ? (
              <EmptyState title="No rule is like that">Take a filter away, or look for fewer words.</EmptyState>
            ) : (
              <EmptyState icon="alerts" title="No rules yet">
                Rules come with the instances that they watch.
              </EmptyState>
            )
          }
        />
      </Card>
    </section>
  );
});

interface FilterProps {
  readonly rows: readonly RuleRow[];
  readonly filter: RuleFilter;
  readonly left: number;
  readonly filtering: boolean;
  onChange(change: Partial<RuleFilter>): void;
}

function RuleFilters({ rows, filter, left, filtering, onChange }: FilterProps) {
  const search = useCallback((text: string) => onChange({ text }), [onChange]);
  const plugins = new Map(rows.map(({ plugin, pluginName }) => [plugin, pluginName]));
  const options = [...plugins].sort(([, a], [, b]) => a.localeCompare(b, "en"));
  return (
    <search className="-mx-3 flex min-w-0 items-center gap-2 overflow-x-auto px-3 py-0.5 [scrollbar-width:none] sm:mx-0 sm:flex-wrap sm:px-0">
      <SearchBox label="Filter rules" value={filter.text} onChange={search} />
      <FilterSelect
        label="Severity"
        value={filter.severity}
        options={SEVERITIES.map((value) => ({ value, name: SEVERITY_WORD[value] }))}
        onChange={(value) => onChange({ severity: severityOf(value) })}
      />
      <FilterSelect
        label="Plugin"
        value={filter.plugin}
        options={options.map(([value, name]) => ({ value, name }))}
        onChange={(plugin) => onChange({ plugin })}
      />
      {filtering ? (
        <button type="button" onClick={() => onChange(NO_FILTER)} className={buttonClass({ variant: "ghost" })}>
          Clear
        </button>
      ) : null}
      <span role="status" className="num ms-auto shrink-0 text-xs text-muted">
        {filtering ? `${formatExact(left)} of ${formatExact(rows.length)}` : null}
      </span>
    </search>
  );
}

/** In the URL: a link finds the same list, and changing it asks the server for nothing. */
function useRuleFilter() {
  const params = useSearchParams();
  const pathname = usePathname();
  const filter = useMemo(() => parseRuleFilter(params), [params]);
  const setFilter = useCallback(
    (change: Partial<RuleFilter>) => {
      // What the browser has now, not what was rendered last: two changes may come in one breath.
      const now = new URLSearchParams(window.location.search);
      const next = ruleFilterParams({ ...parseRuleFilter(now), ...change }, now);
      window.history.replaceState(null, "", next.size > 0 ? `${pathname}?${next}` : pathname);
    },
    [pathname],
  );
  return { filter, setFilter };
}
