"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useMemo, useState } from "react";
import { May } from "@/components/account/May";
import { OpenOfInstance } from "@/components/alerts/OpenOfInstance";
import { ChangeMenu } from "@/components/alerts/overrides/ChangeMenu";
import { EffectiveText } from "@/components/alerts/overrides/EffectiveText";
import { type EffectiveValue, effectiveValues } from "@/components/alerts/overrides/effective-values";
import { OverrideDialog, type OverrideTarget } from "@/components/alerts/overrides/OverrideDialog";
import { ruleHref } from "@/components/alerts/rule-href";
import { conditionWords } from "@/components/alerts/rule-words";
import { SEVERITIES, TONE_OF, WORD_OF } from "@/components/alerts/severity";
import { useChannels } from "@/components/alerts/use-channels";
import { useInstanceName } from "@/components/alerts/use-instance-name";
import type { EffectiveRule, InstanceDetail, MetricUnits } from "@/components/data/outputs";
import { useTRPC } from "@/components/data/trpc";
import { Badge } from "@/components/ui/Badge";
import { buttonClass } from "@/components/ui/button-class";
import { Card } from "@/components/ui/Card";
import { type Column, DataTable } from "@/components/ui/DataTable";
import { EmptyState } from "@/components/ui/EmptyState";
import { ErrorState } from "@/components/ui/ErrorState";
import { Icon } from "@/components/ui/icons";
import { StatusShape } from "@/components/ui/StatusShape";
import { useNow } from "@/components/ui/use-now";
import { Value } from "@/components/ui/Value";
import { freshSeries } from "./board-rows";
import { type RuleValue, ruleValue } from "./rule-value";
import { TabSkeleton } from "./TabSkeleton";
import { useInstance } from "./use-instance";

interface Row extends EffectiveRule {
  readonly words: string;
  readonly value: RuleValue | null;
  readonly values: readonly EffectiveValue[];
  /** Overrides for items of this instance. */
  readonly items: number;
}

const selectMeasured = ({ plugin, metrics, series, intervalSeconds }: InstanceDetail) => ({
  plugin,
  metrics,
  series: freshSeries(series, metrics, intervalSeconds),
});

/** What fires here, and every rule that watches this instance: how it is here and why, and where its metric stands. */
export function AlertsTab({ id, rendered }: { id: string; rendered: number }) {
  const trpc = useTRPC();
  const rules = useQuery(trpc.alerts.effective.queryOptions({ instance: id }));
  const overrides = useQuery(trpc.alerts.override.list.queryOptions());
  const measured = useInstance(id, selectMeasured);
  const nameOf = useInstanceName();
  const channelOf = useChannels().nameOf;
  const [target, setTarget] = useState<OverrideTarget | null>(null);
  const units = useMemo(() => unitsOf(measured?.metrics ?? []), [measured?.metrics]);
  const now = useNow(rendered);
  const error = rules.error ?? overrides.error;
  if (!rules.data || !overrides.data || !measured)
    return error ? <ErrorState title="The rules could not be read" message={error.message} /> : <TabSkeleton />;
  const changes = overrides.data;
  const rows = rules.data.map(
    (effective): Row => ({
      ...effective,
      words: conditionWords(effective.rule, units),
      value: ruleValue(effective.rule, measured.series, measured.metrics),
      values: effectiveValues(effective, { units, overrides: changes, nameOf, channelOf }),
      items: changes.filter(
        ({ rule, scope }) => rule === effective.rule.id && scope.kind === "item" && scope.instance === id,
      ).length,
    }),
  );
  const menu = ({ own, rule }: Row) => (
    <ChangeMenu
      name={own.name}
      rule={rule}
      overrides={changes}
      instance={id}
      onChange={(scope, more) =>
        setTarget({ rule: own, units, plugin: own.scope.kind === "plugin" ? own.scope.plugin : null, scope, ...more })
      }
    />
  );
  return (
    <div className="flex flex-col gap-3">
      <OpenOfInstance id={id} rendered={rendered} />
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p className="text-xs text-pretty text-muted">
          What watches this instance.
          <May permission="edit"> Changes made here are for this instance or single items of it.</May>
        </p>
        <Link href={`/alerts/history?instance=${encodeURIComponent(id)}`} className={buttonClass({ size: "small" })}>
          History
        </Link>
        <May permission="edit">
          <Link
            href={`/alerts/rules/new?instance=${encodeURIComponent(id)}`}
            className={buttonClass({ size: "small" })}
          >
            <Icon name="plus" size={14} />
            New rule
          </Link>
        </May>
      </div>
      <Card padding="none" className="min-w-0 overflow-x-auto">
        <DataTable
          label="Alert rules"
          stickyTop={-1}
          rows={rows}
          rowKey={({ rule }) => rule.id}
          columns={columnsAt(now, units, menu)}
          initialSort={{ key: "severity", ascending: true }}
          empty={
            <EmptyState icon="alerts" title="No rules">
              Nothing watches this instance.
            </EmptyState>
          }
        />
      </Card>
      {target ? <OverrideDialog target={target} close={() => setTarget(null)} /> : null}
    </div>
  );
}

const unitsOf = (metrics: InstanceDetail["metrics"]): MetricUnits =>
  Object.fromEntries(
    metrics.map(({ name, storedUnit, unit, kind }) => [name, { unit: storedUnit, ownUnit: unit, kind }]),
  );

const columnsAt = (now: number, units: MetricUnits, menu: (row: Row) => React.ReactNode): Column<Row>[] => [
  {
    key: "rule",
    title: "Rule",
    sortBy: ({ rule }) => rule.name,
    cell: (row) => <RuleCell row={row} />,
  },
  {
    key: "severity",
    title: "Severity",
    width: "116px",
    from: "sm",
    sortBy: ({ rule }) => SEVERITIES.indexOf(rule.severity),
    cell: ({ rule: { severity, enabled } }) =>
      enabled ? (
        <Badge tone={TONE_OF[severity]} shape>
          {WORD_OF[severity]}
        </Badge>
      ) : (
        <Badge tone="paused" shape>
          Ignored
        </Badge>
      ),
  },
  {
    key: "limit",
    title: "Limit",
    width: "150px",
    from: "md",
    cell: ({ values, rule }) => (
      <EffectiveText value={values.find(({ field }) => field === "limit")} faded={!rule.enabled} />
    ),
  },
  {
    key: "now",
    title: "Now",
    align: "right",
    width: "150px",
    cell: ({ rule, value }) =>
      value ? (
        <div className="flex flex-col items-end py-1.5">
          <span className="flex items-center gap-1.5">
            {value.beyond && rule.enabled ? <StatusShape tone="warn" label="beyond the limit" size={9} /> : null}
            <Value
              value={value.value}
              unit={units[value.metric]?.unit ?? "count"}
              now={now}
              className={value.beyond && rule.enabled ? "text-warn" : ""}
            />
          </span>
          {value.of ? (
            <bdi className="block max-w-36 truncate text-2xs text-muted" title={value.of}>
              {value.of}
            </bdi>
          ) : null}
        </div>
      ) : (
        <span className="text-muted">–</span>
      ),
  },
  { key: "change", title: "", align: "right", width: "44px", cell: (row) => menu(row) },
];

function RuleCell({ row: { rule, words, values, items } }: { row: Row }) {
  const changed = values.filter(({ from }) => from !== null);
  return (
    <div className={`max-w-3xl min-w-44 py-1.5 ${rule.enabled ? "" : "opacity-65"}`}>
      <p className="text-pretty">
        <Link href={ruleHref(rule.id)} className="row-link font-medium">
          <bdi>{rule.name}</bdi>
        </Link>
        {rule.origin === "plugin" ? null : <Badge className="ms-2 inline-flex">made here</Badge>}
      </p>
      {words === rule.name ? null : (
        <p className="num text-xs text-pretty text-muted">
          <bdi>{words}</bdi>
        </p>
      )}
      {changed.length > 0 || items > 0 ? (
        <p className="text-2xs text-accent">
          <bdi>{[...new Set(changed.map(({ from }) => `from ${from}`)), ...itemWords(items)].join(" · ")}</bdi>
        </p>
      ) : null}
    </div>
  );
}

const itemWords = (items: number) =>
  items === 0 ? [] : [items === 1 ? "1 item is otherwise" : `${items} items are otherwise`];
