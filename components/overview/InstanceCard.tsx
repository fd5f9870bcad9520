"use client";

import Link from "next/link";
import { memo } from "react";
import { failureTitle } from "@/components/catalogue/failure-words";
import { STATE_TONE, stateOf, stateWord } from "@/components/instances/state";
import { titleOf } from "@/components/instances/titles";
import { BeatBar } from "@/components/ui/BeatBar";
import { RelativeTime } from "@/components/ui/RelativeTime";
import { Sparkline } from "@/components/ui/Sparkline";
import { StatusShape } from "@/components/ui/StatusShape";
import { InstanceFigure } from "./InstanceFigure";
import { type InstanceProps, isSameInstance } from "./instance-props";
import { useFigures } from "./use-figures";

/** One instance: state, the two figures that matter, their past hour, the last run and the past day. */
export const InstanceCard = memo(function InstanceCard(props: InstanceProps) {
  const { instance, samples, waiting, renderedAt, compact } = props;
  const { title, about } = titleOf(instance);
  const state = stateOf(instance);
  const readings = useFigures(instance.figures, samples, renderedAt);
  const figures = instance.figures.map((figure, index) => ({ figure, reading: readings[index] }));
  return (
    <article
      data-row
      className={`relative flex flex-1 min-w-0 flex-col rounded-xl border border-line bg-surface transition-colors hover:bg-hover ${compact ? "gap-1 px-3 py-2" : "gap-2.5 p-3.5 pb-3"}`}
    >
      <div className="flex min-w-0 items-start gap-2">
        <StatusShape tone={STATE_TONE[state]} label={stateWord(instance)} size={11} className="mt-1" />
        <div className="min-w-0 flex-1">
          <Link
            href={`/instances/${instance.id}`}
            prefetch={false}
            title={title}
            className="row-link block truncate text-sm leading-5 font-semibold"
          >
            <bdi>{title}</bdi>
          </Link>
          <span className="block truncate text-xs text-muted" title={about}>
            <bdi>{about}</bdi>
          </span>
        </div>
        <LastRun {...props} />
      </div>
      {state === "failing" ? (
        <Failure {...props} />
      ) : compact ? (
        <div className="flex min-w-0 gap-x-4">
          {figures.map(({ figure, reading }) =>
            reading ? (
              <InstanceFigure key={figure.title} {...{ figure, reading, waiting, renderedAt }} layout="inline" />
            ) : null,
          )}
        </div>
      ) : (
        <div className="grid h-11 grid-cols-3 gap-x-4">
          {figures.map(({ figure, reading }) =>
            reading ? (
              <InstanceFigure key={figure.title} {...{ figure, reading, waiting, renderedAt }} layout="stacked" />
            ) : null,
          )}
          <Spark figures={figures} />
        </div>
      )}
      {compact ? null : <BeatBar beats={instance.strip} label="Last 24 hours" height={8} />}
    </article>
  );
}, isSameInstance);

type Drawn = readonly {
  readonly figure: InstanceProps["instance"]["figures"][number];
  readonly reading: ReturnType<typeof useFigures>[number] | undefined;
}[];

export function Spark({ figures, height = 36 }: { figures: Drawn; height?: number }) {
  const drawn = figures.find(({ figure }) => figure.spark.length > 0);
  // Keeps the line's place at the right, whether one or two figures stand before it.
  const place = `min-w-0 self-end ${figures.length < 2 ? "col-span-2" : ""}`;
  if (!drawn) return <div className={place} />;
  return (
    <div className={place} title={`${drawn.figure.title}, last hour`}>
      <Sparkline
        values={drawn.figure.spark}
        unit={drawn.figure.unit}
        tone={drawn.reading?.tone ?? "unknown"}
        height={height}
        label={`${drawn.figure.title} in the last hour`}
      />
    </div>
  );
}

export function LastRun({ instance: { enabled, maintenance, status }, waiting, renderedAt }: InstanceProps) {
  const look = "shrink-0 text-2xs leading-5";
  if (!enabled) return <span className={`${look} text-muted`}>Paused</span>;
  if (maintenance) return <span className={`${look} text-muted`}>In maintenance</span>;
  if (status.lastRunAt === null)
    return <span className={`${look} text-muted`}>{waiting ? "Starting" : "Not run yet"}</span>;
  return <RelativeTime at={status.lastRunAt} now={renderedAt} className={`${look} text-muted`} />;
}

function Failure({ instance: { status }, compact }: InstanceProps) {
  return (
    <p
      title={status.message ?? undefined}
      className={`text-xs break-words ${compact ? "truncate" : "line-clamp-2 h-11 leading-5"}`}
    >
      <span className="font-medium text-bad">{failureTitle(status.reason ?? "")}</span>
      {status.message ? (
        <>
          <span className="mx-1 text-muted">·</span>
          <bdi>{status.message}</bdi>
        </>
      ) : null}
    </p>
  );
}
