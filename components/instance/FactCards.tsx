"use client";

import { memo } from "react";
import type { MetricInfo } from "@/components/data/outputs";
import { Card } from "@/components/ui/Card";
import { DataTable } from "@/components/ui/DataTable";
import { RelativeTime } from "@/components/ui/RelativeTime";
import { type Fact, factsOf } from "./facts";
import { labelTitle } from "./label-title";
import { Section } from "./Section";
import { selectSeries, useInstance } from "./use-instance";

interface Props {
  readonly id: string;
  readonly plugin: string;
  readonly metrics: readonly MetricInfo[];
  readonly intervalSeconds: number;
  readonly rendered: number;
}

/** What is reported and is no curve: versions, models, instants. */
export const FactCards = memo(function FactCards({ id, plugin, metrics, intervalSeconds, rendered }: Props) {
  const series = useInstance(id, selectSeries) ?? [];
  const facts = factsOf(metrics, series, plugin, intervalSeconds);
  if (facts.length === 0) return null;
  return (
    <Section title="Facts">
      <div className="grid items-start gap-3 md:grid-cols-2 2xl:grid-cols-3">
        {facts.map((fact) => (
          <FactCard key={fact.key} fact={fact} rendered={rendered} />
        ))}
      </div>
    </Section>
  );
});

const ROWS = 8;

function FactCard({ fact: { title, description, columns, rows }, rendered }: { fact: Fact; rendered: number }) {
  const [row] = rows;
  const single = rows.length === 1 && row;
  return (
    <Card padding="none" className="min-w-0 overflow-hidden">
      <h3 className="truncate px-4 pt-3 pb-1 text-sm font-medium" title={description}>
        {title}
      </h3>
      {single ? (
        <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 px-4 pb-3 text-sm">
          {row.at === null ? null : <FactLine name="At" value={<RelativeTime at={row.at} now={rendered} />} />}
          {columns.map((column, place) => (
            <FactLine key={column} name={labelTitle(column)} value={row.cells[place] || "–"} />
          ))}
        </dl>
      ) : (
        <div className="overflow-x-auto">
          <DataTable
            label={title}
            stickyTop={-1}
            density="compact"
            limit={ROWS}
            rows={rows}
            rowKey={({ cells }) => cells.join("\u0000")}
            columns={[
              ...columns.map((column, place) => ({
                key: column,
                title: labelTitle(column),
                sortBy: ({ cells }: (typeof rows)[number]) => cells[place] ?? "",
                cell: ({ cells }: (typeof rows)[number]) => (
                  <span className="block max-w-56 truncate" title={cells[place]}>
                    {cells[place] || "–"}
                  </span>
                ),
              })),
              ...(row?.at == null
                ? []
                : [
                    {
                      key: "@at",
                      title: "At",
                      align: "right" as const,
                      sortBy: ({ at }: (typeof rows)[number]) => at,
                      cell: ({ at }: (typeof rows)[number]) => <RelativeTime at={at} now={rendered} />,
                    },
                  ]),
            ]}
          />
        </div>
      )}
    </Card>
  );
}

function FactLine({ name, value }: { name: string; value: React.ReactNode }) {
  return (
    <>
      <dt className="text-muted">{name}</dt>
      <dd className="min-w-0 break-words">{value}</dd>
    </>
  );
}
