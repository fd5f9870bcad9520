"use client";

import { useMemo } from "react";
import type { StoragePlan, Stored } from "@/components/data/outputs";
import { formatExact } from "@/components/format";
import { Card } from "@/components/ui/Card";
import { type Column, DataTable } from "@/components/ui/DataTable";
import { EmptyState } from "@/components/ui/EmptyState";
import { Value } from "@/components/ui/Value";
import { daysShort } from "./plan-words";

type Plugin = Stored["plugins"][number];
interface Row extends Plugin {
  readonly bytesPerDay: number;
  readonly planned: number;
  readonly rawDays: number;
  /** Of the largest. */
  readonly share: number;
}

/** What each plugin brings and takes, the most expensive first. */
export function PluginTable({
  plugins,
  plan,
  elsewhere,
}: {
  plugins: readonly Plugin[];
  plan: StoragePlan;
  /** On a server that keeps them as it likes, and does not say what they take. */
  elsewhere: boolean;
}) {
  const rows = useMemo(() => toRows(plugins, plan), [plugins, plan]);
  return (
    <Card padding="none" className="overflow-hidden">
      <DataTable
        label="What each plugin takes"
        columns={elsewhere ? COLUMNS_ELSEWHERE : COLUMNS}
        rows={rows}
        rowKey={({ plugin }) => plugin}
        initialSort={{ key: elsewhere ? "samplesPerDay" : "planned", ascending: false }}
        stickyTop={-1}
        empty={
          <EmptyState icon="storage" title="Nothing is stored yet">
            As soon as an instance has reported its first readings, its plugin stands here with what it takes.
          </EmptyState>
        }
      />
    </Card>
  );
}

function toRows(plugins: readonly Plugin[], { cost, kept }: StoragePlan): Row[] {
  const costs = new Map(cost.plugins.map((one) => [one.plugin, one]));
  const most = Math.max(1, ...cost.plugins.map(({ bytes }) => bytes));
  return plugins
    .filter(({ samples, samplesPerDay }) => samples > 0 || samplesPerDay > 0)
    .map((plugin) => {
      const { bytesPerDay = 0, bytes: planned = 0 } = costs.get(plugin.plugin) ?? {};
      const rawDays = kept.plugins[plugin.plugin] ?? kept.rawDays;
      return { ...plugin, bytesPerDay, planned, rawDays, share: planned / most };
    });
}

const COLUMNS: readonly Column<Row>[] = [
  {
    key: "name",
    title: "Plugin",
    cell: ({ name }) => <span className="font-medium">{name}</span>,
    sortBy: ({ name }) => name,
  },
  {
    key: "series",
    title: "Series",
    align: "right",
    from: "sm",
    cell: ({ series }) => formatExact(series),
    sortBy: ({ series }) => series,
  },
  {
    key: "samplesPerDay",
    title: "Samples/day",
    align: "right",
    from: "md",
    cell: ({ samplesPerDay }) => <Value value={samplesPerDay} unit="count" />,
    sortBy: ({ samplesPerDay }) => samplesPerDay,
  },
  {
    key: "bytesPerDay",
    title: "A day",
    align: "right",
    cell: ({ bytesPerDay }) => <Value value={bytesPerDay} unit="bytes" />,
    sortBy: ({ bytesPerDay }) => bytesPerDay,
  },
  {
    key: "bytes",
    title: "Now",
    align: "right",
    from: "sm",
    cell: ({ bytes }) => <Value value={bytes} unit="bytes" />,
    sortBy: ({ bytes }) => bytes,
  },
  {
    key: "rawDays",
    title: "Exact",
    align: "right",
    from: "lg",
    cell: ({ rawDays }) => daysShort(rawDays),
    sortBy: ({ rawDays }) => rawDays,
  },
  {
    key: "planned",
    title: "In the end",
    align: "right",
    width: "26%",
    cell: ({ planned, share }) => (
      <span className="flex items-center justify-end gap-2.5">
        <span
          aria-hidden="true"
          className="h-1 w-full max-w-24 min-w-0 overflow-hidden rounded-full bg-track max-sm:hidden"
        >
          <span className="block h-full min-w-0.5 rounded-full bg-accent" style={{ width: `${share * 100}%` }} />
        </span>
        <Value value={planned} unit="bytes" className="min-w-17" />
      </span>
    ),
    sortBy: ({ planned }) => planned,
  },
];

const COLUMNS_ELSEWHERE = COLUMNS.filter(({ key }) => !["bytes", "rawDays", "planned"].includes(key));
