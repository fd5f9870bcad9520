"use client";

import { useMemo, useState } from "react";
import { formatExact } from "@/components/format";
import { Card, CardTitle } from "@/components/ui/Card";
import { ErrorState } from "@/components/ui/ErrorState";
import { Skeleton } from "@/components/ui/Skeleton";
import { StatusShape } from "@/components/ui/StatusShape";
import { BacktestLine } from "./BacktestLine";
import { PreviewChart } from "./PreviewChart";
import { PreviewList } from "./PreviewList";
import type { useBacktest, usePreview } from "./use-preview";
import type { RuleFormState } from "./use-rule-form";

interface Props {
  readonly state: RuleFormState;
  readonly preview: ReturnType<typeof usePreview>;
  readonly backtest: ReturnType<typeof useBacktest>;
}

/** What a draft would do: which series it looks at, whether it would hold now, and how often it would have fired. */
export function PreviewPanel({ state, preview, backtest }: Props) {
  const { watched, units } = state;
  const { data, error } = preview;
  const [chosen, setChosen] = useState("");
  const lines = data?.lines ?? [];
  const subjects = useMemo(
    () => [...new Map(lines.filter(({ series }) => series !== null).map((one) => [keyOf(one), one])).values()],
    [lines],
  );
  const subject = subjects.find((one) => keyOf(one) === chosen) ?? subjects[0];
  return (
    <>
      <Card role="region" aria-label="What it looks at now" padding="none">
        <div className="px-4 pt-4">
          <CardTitle aside={data && watched ? <Holding holding={data.holding} total={data.total} /> : undefined}>
            Now
          </CardTitle>
        </div>
        {!watched ? (
          <p className="px-4 pb-4 text-sm text-pretty text-muted">
            Choose a metric and a limit: the series that it looks at appear here, each with its value and whether it
            would fire.
          </p>
        ) : error ? (
          <div className="px-4 pb-4">
            <ErrorState tone="warn" title="It could not be looked at" message={error.message} />
          </div>
        ) : data ? (
          <PreviewList preview={data} parts={watched.parts} units={units} />
        ) : (
          <div className="flex flex-col gap-2 px-4 pb-4">
            <Skeleton className="h-5 w-full" />
            <Skeleton className="h-5 w-4/5" />
          </div>
        )}
      </Card>
      {watched && subject ? (
        <PreviewChart
          key={keyOf(subject)}
          lines={lines.filter((one) => keyOf(one) === keyOf(subject))}
          part={watched.parts[subject.part]}
          units={units}
          episodes={backtest.data?.episodes ?? []}
          severity={state.form.severity}
          subjects={subjects.map((one) => ({ value: keyOf(one), name: nameOf(one, watched.parts.length > 1) }))}
          onSubject={setChosen}
        />
      ) : null}
      {state.draft ? <BacktestLine backtest={backtest} /> : null}
    </>
  );
}

const keyOf = ({ instanceId, part }: { instanceId: string; part: number }) => `${instanceId} ${part}`;
const nameOf = ({ instanceName, part }: { instanceName: string; part: number }, several: boolean) =>
  several ? `${instanceName}, condition ${part + 1}` : instanceName;

function Holding({ holding, total }: { holding: number; total: number }) {
  return (
    <span role="status" className="num flex items-center gap-1.5">
      <StatusShape tone={holding > 0 ? "warn" : total === 0 ? "unknown" : "ok"} label="" size={10} />
      {holding > 0
        ? `holds for ${formatExact(holding)} of ${formatExact(total)}`
        : total === 0
          ? "nothing to look at"
          : `holds for none of ${formatExact(total)}`}
    </span>
  );
}
