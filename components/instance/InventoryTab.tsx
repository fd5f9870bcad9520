"use client";

import { useQuery } from "@tanstack/react-query";
import { useDeferredValue, useState } from "react";
import type { Inventory } from "@/components/data/outputs";
import { useTRPC } from "@/components/data/trpc";
import { Card } from "@/components/ui/Card";
import { DataTable } from "@/components/ui/DataTable";
import { EmptyState } from "@/components/ui/EmptyState";
import { ErrorState } from "@/components/ui/ErrorState";
import { RelativeTime } from "@/components/ui/RelativeTime";
import { FilterBox } from "./FilterBox";
import { columnsOf, fieldText, filterRows, valueText } from "./inventory-text";
import { TabSkeleton } from "./TabSkeleton";

/** The latest snapshot changes rarely, and comes with a run: asked again this often. */
const REREAD_MS = 60_000;
const ROWS = 50;
/** Fewer entries are found by looking. */
const SEARCH_FROM = 6;

export function InventoryTab({ id, rendered }: { id: string; rendered: number }) {
  const trpc = useTRPC();
  const { data, error } = useQuery(trpc.plugins.inventory.queryOptions({ id }, { refetchInterval: REREAD_MS }));
  if (data === undefined) {
    return error ? <ErrorState title="The inventory could not be read" message={error.message} /> : <TabSkeleton />;
  }
  if (data === null) {
    return (
      <EmptyState icon="table" title="No inventory yet">
        The plugin has not described its target so far. Some plugins have nothing to list.
      </EmptyState>
    );
  }
  return <Snapshot inventory={data} rendered={rendered} />;
}

function Snapshot({ inventory: { at, facts, lists }, rendered }: { inventory: Inventory; rendered: number }) {
  const [text, setText] = useState("");
  const wanted = useDeferredValue(text);
  const total = Object.values(lists).reduce((sum, rows) => sum + rows.length, 0);
  const found = Object.entries(lists)
    .map(([name, rows]) => ({ name, rows: filterRows(rows, wanted), of: rows.length }))
    .filter(({ rows, of }) => (wanted.trim() === "" ? of > 0 : rows.length > 0));
  const left = found.reduce((sum, { rows }) => sum + rows.length, 0);
  const fields = Object.entries(facts);
  return (
    <div className="flex flex-col gap-3">
      <p className="text-xs text-muted">
        As of <RelativeTime at={at} now={rendered} />
      </p>
      {fields.length > 0 ? (
        <Card padding="small" className="px-4">
          <dl className="grid grid-cols-[repeat(auto-fill,minmax(160px,1fr))] gap-x-6 gap-y-3">
            {fields.map(([key, value]) => {
              const { title, unit } = fieldText(key);
              return (
                <div key={key} className="min-w-0">
                  <dt className="truncate text-xs text-muted">{title}</dt>
                  <dd className="num text-sm font-medium break-words">{valueText(value, unit, rendered)}</dd>
                </div>
              );
            })}
          </dl>
        </Card>
      ) : null}
      {total >= SEARCH_FROM ? (
        <FilterBox
          text={text}
          label="Search the lists"
          noun="entries"
          found={left}
          of={total}
          onChange={setText}
          onClear={() => setText("")}
        />
      ) : null}
      {found.map(({ name, rows, of }) => (
        <InventoryList key={name} name={name} rows={rows} of={of} rendered={rendered} />
      ))}
    </div>
  );
}

interface ListProps {
  readonly name: string;
  readonly rows: readonly Inventory["lists"][string][number][];
  readonly of: number;
  readonly rendered: number;
}

function InventoryList({ name, rows, of, rendered }: ListProps) {
  const keys = columnsOf(rows);
  const numbered = rows.map((row, place) => ({ row, place }));
  return (
    <Card padding="none" className="min-w-0 overflow-hidden">
      <h2 className="px-4 pt-3 pb-1 text-sm font-semibold">
        {fieldText(name).title}
        <span className="num ms-2 text-xs font-normal text-muted">
          {rows.length === of ? of : `${rows.length} of ${of}`}
        </span>
      </h2>
      <div className="overflow-x-auto">
        <DataTable
          label={fieldText(name).title}
          stickyTop={-1}
          density="compact"
          limit={ROWS}
          rows={numbered}
          rowKey={({ place }) => String(place)}
          columns={keys.map((key) => {
            const { title, unit } = fieldText(key);
            const numeric = rows.some((row) => typeof row[key] === "number");
            return {
              key,
              title,
              align: numeric ? ("right" as const) : ("left" as const),
              sortBy: ({ row }: (typeof numbered)[number]) => {
                const value = row[key] ?? null;
                return typeof value === "boolean" ? Number(value) : value;
              },
              cell: ({ row }: (typeof numbered)[number]) => {
                const said = valueText(row[key], unit, rendered);
                return (
                  <span className={`block max-w-80 truncate ${numeric ? "ms-auto" : ""}`} title={said}>
                    {said}
                  </span>
                );
              },
            };
          })}
        />
      </div>
    </Card>
  );
}
