"use client";

import type { BoardItem, Figure } from "@/components/data/outputs";
import { formatRelative } from "@/components/format";
import { Card } from "@/components/ui/Card";
import { type Column, DataTable } from "@/components/ui/DataTable";
import { Meter } from "@/components/ui/Meter";
import { Skeleton } from "@/components/ui/Skeleton";
import { StatusShape } from "@/components/ui/StatusShape";
import type { Tone } from "@/components/ui/tones";
import { Value } from "@/components/ui/Value";
import type { TableRow } from "./board-rows";
import { labelTitle } from "./label-title";

type Item = Extract<BoardItem, { type: "table" }>;
interface Props {
  readonly item: Item;
  readonly rows: readonly TableRow[];
  /** Thresholds of meters, by metric: a column of the same metric is coloured alike. */
  readonly limits: ReadonlyMap<string, Limits>;
  /** Metrics that the board lists as states: 1 is good. */
  readonly states: ReadonlySet<string>;
  /** When all numbers were read, where that is too long ago. */
  readonly staleSince: number | null;
  readonly now: number;
}
export type Limits = Pick<Figure, "warn" | "bad" | "lowIsBad">;

/** Rows by label, sortable, live. On a narrow screen it scrolls inside its card. */
export function BoardTable({ item, rows, limits, states, staleSince, now }: Props) {
  const stale = staleSince !== null;
  const columns: Column<TableRow>[] = [
    {
      key: "name",
      title: labelTitle(item.by),
      sortBy: ({ name }) => name,
      cell: ({ name }) => (
        <span className="block max-w-64 truncate font-medium max-sm:max-w-36" title={name}>
          {name || "unnamed"}
        </span>
      ),
    },
    ...item.columns.map(
      ({ metric, title, unit }, place): Column<TableRow> => ({
        key: metric,
        title,
        align: "right",
        sortBy: ({ values }) => values[place] ?? null,
        cell: ({ values }) => {
          const value = values[place] ?? null;
          if (value === null) return <span className="text-muted">–</span>;
          if (unit === "bool" && states.has(metric)) return <State good={value !== 0} stale={stale} />;
          const tone = stale ? "unknown" : toneOf(value, limits.get(metric));
          if (unit === "ratio" && place < 2)
            return (
              <div className="ms-auto w-20 max-sm:w-14">
                <Meter title={title} value={value} unit={unit} fill={value} tone={tone} stale={stale} />
              </div>
            );
          return (
            <Value value={value} unit={unit} now={now} stale={stale} className={tone === "bad" ? "text-bad" : ""} />
          );
        },
      }),
    ),
  ];
  return (
    <Card padding="none" className="min-w-0 overflow-hidden">
      <h2 className="px-4 pt-3 pb-1 text-sm font-semibold">
        {item.title}
        <span className="num ms-2 text-xs font-normal text-muted">
          {rows.length === 0 ? null : staleSince === null ? rows.length : `as of ${formatRelative(staleSince, now)}`}
        </span>
      </h2>
      <div className="overflow-x-auto">
        <DataTable
          label={item.title}
          columns={columns}
          rows={rows}
          rowKey={({ name }) => name}
          initialSort={{ key: item.sort.metric, ascending: item.sort.ascending }}
          limit={item.limit}
          stickyTop={-1}
          empty={<Skeleton className="mx-4 my-3 h-24" />}
        />
      </div>
    </Card>
  );
}

function State({ good, stale }: { good: boolean; stale: boolean }) {
  return (
    <span className={`inline-flex items-center gap-1.5 ${stale ? "text-muted" : good ? "" : "font-medium"}`}>
      <StatusShape tone={stale ? "unknown" : good ? "ok" : "bad"} label="" size={9} />
      {good ? "yes" : "no"}
    </span>
  );
}

function toneOf(value: number, limits: Limits | undefined): Tone {
  const beyond = (limit: number | null | undefined) =>
    limits && typeof limit === "number" && (limits.lowIsBad ? value <= limit : value >= limit);
  if (beyond(limits?.bad)) return "bad";
  return beyond(limits?.warn) ? "warn" : "ok";
}
