"use client";

import { useEffect, useState } from "react";
import type { PluginDetail, TestResult } from "../data/outputs";
import { formatExact, formatText } from "../format";
import { Button } from "../ui/Button";
import { Card, CardTitle } from "../ui/Card";
import { ErrorState } from "../ui/ErrorState";
import { Skeleton } from "../ui/Skeleton";
import { StatusShape } from "../ui/StatusShape";
import { failureTitle } from "./failure-words";
import { groupReadings } from "./group-readings";
import { InventoryFacts } from "./InventoryFacts";
import { Readings } from "./Readings";
import type { TestState } from "./use-connection-test";

interface Props {
  readonly plugin: PluginDetail;
  readonly state: TestState;
  /** The form was changed after the test. */
  readonly outdated: boolean;
  onTest(): void;
  onCancel(): void;
}

/** The right side: what will come back. */
export function TestPanel({ plugin, state, outdated, onTest, onCancel }: Props) {
  const running = state.phase === "running";
  return (
    <Card role="region" aria-label="What comes back" aria-live="polite" aria-busy={running}>
      <CardTitle
        aside={
          running ? (
            <Button size="small" onClick={onCancel}>
              Cancel
            </Button>
          ) : (
            <Button size="small" icon="play" onClick={onTest}>
              {state.phase === "idle" ? "Test connection" : "Test again"}
            </Button>
          )
        }
      >
        What comes back
      </CardTitle>
      <Content plugin={plugin} state={state} outdated={outdated} />
    </Card>
  );
}

function Content({ plugin, state, outdated }: Pick<Props, "plugin" | "state" | "outdated">) {
  switch (state.phase) {
    case "idle":
      return (
        <p className="text-sm text-pretty text-muted">
          A test collects once with these settings and shows every reading. Nothing of it is stored. You can save
          without.
        </p>
      );
    case "running":
      return <Running startedAt={state.startedAt} />;
    case "refused":
      return (
        <ErrorState
          tone="warn"
          title={state.refusal.field === null ? "The test could not start" : "Put the settings right first"}
          message={state.refusal.message}
        />
      );
    case "done":
      return <Result plugin={plugin} result={state.result} at={state.at} outdated={outdated} />;
    default:
      return state satisfies never;
  }
}

function Running({ startedAt }: { startedAt: number }) {
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setSeconds(Math.floor((Date.now() - startedAt) / 1_000)), 250);
    return () => clearInterval(timer);
  }, [startedAt]);
  return (
    <div>
      <p className="num text-sm text-muted">Collecting, {seconds} s</p>
      <div className="mt-3 flex flex-col gap-3">
        <Skeleton className="h-9 w-full" />
        <Skeleton className="h-9 w-full" />
        <Skeleton className="h-9 w-2/3" />
      </div>
    </div>
  );
}

interface ResultProps extends Pick<Props, "plugin" | "outdated"> {
  readonly result: TestResult;
  readonly at: number;
}

function Result({ plugin, result, at, outdated }: ResultProps) {
  const { failure, partial, refused, readings, total, inventory } = result;
  const groups = groupReadings(readings, plugin.metrics, plugin.id);
  return (
    <div className="flex flex-col gap-3">
      {failure ? (
        <ErrorState title={failureTitle(failure.reason)} message={failure.message} hint={failure.hint} />
      ) : (
        <Summary result={result} metrics={groups.length} />
      )}
      {outdated ? <p className="text-xs text-warn">The settings have changed since this test.</p> : null}
      {partial.map(({ reason, message }) => (
        <ErrorState key={`${reason} ${message}`} tone="warn" title={failureTitle(reason)} message={message} />
      ))}
      {refused.length > 0 ? <Refused remarks={refused} /> : null}
      {failure && total > 0 ? <p className="text-sm text-muted">Read before it failed:</p> : null}
      {groups.length > 0 ? <Readings groups={groups} now={at} /> : null}
      {total > readings.length ? (
        <p className="num text-xs text-muted">
          The first {formatExact(readings.length)} of {formatExact(total)} readings are shown.
        </p>
      ) : null}
      {inventory ? (
        <div className="border-t border-line pt-3">
          <h3 className="mb-2 text-sm font-semibold">Facts</h3>
          <InventoryFacts inventory={inventory} now={at} />
        </div>
      ) : null}
    </div>
  );
}

function Summary({ result: { total, durationMs, partial }, metrics }: { result: TestResult; metrics: number }) {
  return (
    <p className="num flex items-center gap-2 text-sm">
      <StatusShape tone={partial.length > 0 ? "warn" : "ok"} label={partial.length > 0 ? "Partly" : "It works"} />
      <span>
        <strong className="font-semibold">{formatExact(total)}</strong> {total === 1 ? "reading" : "readings"} of{" "}
        {formatExact(metrics)} {metrics === 1 ? "metric" : "metrics"} in {formatText(durationMs / 1_000, "seconds")}
      </span>
    </p>
  );
}

function Refused({ remarks }: { remarks: readonly string[] }) {
  return (
    <details className="rounded-xl bg-warn-soft px-4 py-2 text-sm">
      <summary className="font-semibold">
        {formatExact(remarks.length)} {remarks.length === 1 ? "reading was" : "readings were"} refused
      </summary>
      <ul className="mt-1 list-disc pl-4 text-xs">
        {remarks.map((remark) => (
          <li key={remark} className="break-words">
            {remark}
          </li>
        ))}
      </ul>
    </details>
  );
}
