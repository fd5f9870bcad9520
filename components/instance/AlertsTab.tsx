"use client";

import { useQuery } from "@tanstack/react-query";
import { ruleWords, summaryWords } from "@/components/alerts/rule-words";
import type { InstanceDetail, Rule } from "@/components/data/outputs";
import { useTRPC } from "@/components/data/trpc";
import { Badge } from "@/components/ui/Badge";
import { Card } from "@/components/ui/Card";
import { type Column, DataTable } from "@/components/ui/DataTable";
import { EmptyState } from "@/components/ui/EmptyState";
import { ErrorState } from "@/components/ui/ErrorState";
import { StatusShape } from "@/components/ui/StatusShape";
import type { Tone } from "@/components/ui/tones";
import { useNow } from "@/components/ui/use-now";
import { Value } from "@/components/ui/Value";
import { freshSeries } from "./board-rows";
import { type RuleValue, ruleValue } from "./rule-value";
import { TabSkeleton } from "./TabSkeleton";
import { useInstance } from "./use-instance";

const SEVERITY: Readonly<Record<Rule["severity"], { tone: Tone; rank: number }>> = {
  critical: { tone: "bad", rank: 0 },
  warning: { tone: "warn", rank: 1 },
  info: { tone: "unknown", rank: 2 },
};

interface Row {
  readonly rule: Rule;
  readonly words: string;
  readonly value: RuleValue | null;
}

const selectMeasured = ({ metrics, series, intervalSeconds }: InstanceDetail) => ({
  metrics,
  series: freshSeries(series, metrics, intervalSeconds),
});

/** The rules that come with the plugin, and where their metrics stand. */
export function AlertsTab({ id, rendered }: { id: string; rendered: number }) {
  const trpc = useTRPC();
  const { data: rules, error } = useQuery(trpc.alerts.rules.queryOptions({ instance: id }));
  const measured = useInstance(id, selectMeasured);
  const now = useNow(rendered);
  if (!rules || !measured) {
    return error ? <ErrorState title="The rules could not be read" message={error.message} /> : <TabSkeleton />;
  }
  if (rules.length === 0)
    return (
      <EmptyState icon="alerts" title="No rules">
        This plugin brings none of its own.
      </EmptyState>
    );
  const rows = rules.map(
    (rule): Row => ({ rule, words: ruleWords(rule), value: ruleValue(rule, measured.series, measured.metrics) }),
  );
  return (
    <div className="flex flex-col gap-3">
      <p className="text-xs text-pretty text-muted">
        The rules that come with the plugin, and where their values stand. Evaluating them and telling you comes with a
        later version.
      </p>
      <Card padding="none" className="min-w-0 overflow-x-auto">
        <DataTable
          label="Alert rules"
          stickyTop={-1}
          rows={rows}
          rowKey={({ rule }) => rule.id}
          columns={columnsAt(now)}
          initialSort={{ key: "severity", ascending: true }}
        />
      </Card>
    </div>
  );
}

const columnsAt = (now: number): Column<Row>[] => [
  {
    key: "severity",
    title: "Severity",
    width: "104px",
    sortBy: ({ rule }) => SEVERITY[rule.severity].rank,
    cell: ({ rule: { severity } }) => (
      <Badge tone={SEVERITY[severity].tone} shape>
        {severity}
      </Badge>
    ),
  },
  {
    key: "rule",
    title: "When",
    sortBy: ({ words }) => words,
    cell: ({ rule, words }) => (
      <div className="max-w-3xl min-w-56 py-1.5">
        <p className="font-medium">{words}</p>
        <p className="text-xs text-muted">{summaryWords(rule.summary, rule.instanceName)}</p>
      </div>
    ),
  },
  {
    key: "value",
    title: "Now",
    align: "right",
    width: "180px",
    cell: ({ rule, value }) =>
      value ? (
        <div className="flex flex-col items-end py-1.5">
          <span className="flex items-center gap-1.5">
            {value.beyond ? <StatusShape tone="warn" label="beyond the limit" size={9} /> : null}
            <Value value={value.value} unit={rule.unit} now={now} className={value.beyond ? "text-warn" : ""} />
          </span>
          {value.of ? (
            <span className="block max-w-44 truncate text-2xs text-muted" title={value.of}>
              {value.of}
            </span>
          ) : null}
        </div>
      ) : (
        <span className="text-muted">–</span>
      ),
  },
];
