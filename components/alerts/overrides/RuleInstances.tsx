"use client";

import Link from "next/link";
import { useMemo } from "react";
import type { OverrideScope, RuleAbout, RuleView } from "@/components/data/outputs";
import { Card } from "@/components/ui/Card";
import { type Column, DataTable } from "@/components/ui/DataTable";
import { useChannels } from "../use-channels";
import { useInstanceName } from "../use-instance-name";
import { ChangeMenu } from "./ChangeMenu";
import { EffectiveText } from "./EffectiveText";
import { type EffectiveValue, effectiveValues } from "./effective-values";
import type { OverrideTarget } from "./OverrideDialog";

interface Props {
  readonly about: RuleAbout;
  onChange(scope: OverrideScope, more?: Partial<OverrideTarget>): void;
}
interface Row {
  readonly id: string;
  readonly title: string;
  readonly host: string;
  readonly paused: boolean;
  readonly on: boolean;
  readonly items: number;
  readonly values: readonly EffectiveValue[];
  readonly rule: RuleView;
}

/** How a rule is at each of its instances, and who made it so. */
export function RuleInstances({ about, onChange }: Props) {
  const nameOf = useInstanceName();
  const channelOf = useChannels().nameOf;
  const rows = useMemo(
    () =>
      about.instances.map(
        (instance): Row => ({
          id: instance.id,
          title: instance.name,
          host: instance.host,
          paused: !instance.enabled,
          on: instance.rule.enabled,
          rule: instance.rule,
          items: about.changes.filter(({ scope }) => scope.kind === "item" && scope.instance === instance.id).length,
          values: effectiveValues(instance, { units: about.units, overrides: about.changes, nameOf, channelOf }),
        }),
      ),
    [about, nameOf, channelOf],
  );
  const columns = useMemo((): Column<Row>[] => {
    const value = (field: EffectiveValue["field"], title: string, from?: Column<Row>["from"]): Column<Row> => ({
      key: field,
      title,
      ...(from ? { from } : {}),
      cell: ({ values, on }) => <EffectiveText value={values.find((one) => one.field === field)} faded={!on} />,
    });
    return [
      { key: "instance", title: "Instance", sortBy: ({ title }) => title, cell: (row) => <InstanceCell row={row} /> },
      value("enabled", "State", "sm"),
      ...(about.instances.some(({ rule }) => rule.parts[0]?.kind === "value") ? [value("limit", "Limit")] : []),
      value("forSeconds", "For", "md"),
      value("keepFiringSeconds", "Keep firing", "xl"),
      value("severity", "Severity", "lg"),
      ...(about.instances.some(({ rule, own }) => rule.channels.length + own.channels.length > 0)
        ? [value("channels", "Own channels", "xl")]
        : []),
      {
        key: "actions",
        title: "",
        width: "44px",
        align: "right",
        cell: ({ id, title, rule }) => (
          <ChangeMenu name={title} rule={rule} overrides={about.changes} instance={id} onChange={onChange} />
        ),
      },
    ];
  }, [about, onChange]);
  return (
    <Card padding="none" className="min-w-0 overflow-clip">
      <DataTable
        label="Instances"
        stickyTop={48}
        columns={columns}
        rows={rows}
        rowKey={({ id }) => id}
        initialSort={{ key: "instance", ascending: true }}
        density="roomy"
        limit={60}
      />
    </Card>
  );
}

function InstanceCell({ row: { id, title, host, paused, on, items } }: { row: Row }) {
  return (
    <div className="min-w-0">
      <Link href={`/instances/${id}?tab=alerts`} className="row-link font-medium">
        <bdi>{title}</bdi>
      </Link>
      <p className="text-xs text-muted">
        {title === host ? null : <bdi>{host}</bdi>}
        {paused ? " paused" : null}
        {items > 0 ? ` ${items === 1 ? "1 change for items" : `${items} changes for items`}` : null}
        {on ? null : <span className="sm:hidden"> ignored</span>}
      </p>
    </div>
  );
}
