"use client";

import Link from "next/link";
import { memo } from "react";
import { failureTitle } from "@/components/catalogue/failure-words";
import { STATE_TONE, stateOf, stateWord } from "@/components/instances/state";
import { titleOf } from "@/components/instances/titles";
import { BeatBar } from "@/components/ui/BeatBar";
import { StatusShape } from "@/components/ui/StatusShape";
import { LastRun, Spark } from "./InstanceCard";
import { InstanceFigure } from "./InstanceFigure";
import { type InstanceProps, isSameInstance } from "./instance-props";
import { useFigures } from "./use-figures";

/** A card's content in one line. */
export const InstanceRow = memo(function InstanceRow(props: InstanceProps) {
  const { instance, samples, waiting, renderedAt, compact } = props;
  const { title, about } = titleOf(instance);
  const state = stateOf(instance);
  const readings = useFigures(instance.figures, samples, renderedAt);
  const figures = instance.figures.map((figure, index) => ({ figure, reading: readings[index] }));
  return (
    <li
      data-row
      className={`relative grid grid-cols-[12px_minmax(0,1fr)_auto] items-center gap-x-3 border-b border-line px-4 transition-colors last:border-b-0 hover:bg-hover md:grid-cols-[12px_minmax(0,1.5fr)_minmax(0,1.5fr)_90px_minmax(80px,0.7fr)_84px] ${compact ? "h-9 max-md:h-10" : "h-11 max-md:h-13"}`}
    >
      <StatusShape tone={STATE_TONE[state]} label={stateWord(instance)} size={11} />
      <div className="flex min-w-0 items-baseline gap-2 max-md:block">
        <Link
          href={`/instances/${instance.id}`}
          prefetch={false}
          title={title}
          className="row-link max-w-full shrink-0 truncate text-sm font-medium max-md:block"
        >
          <bdi>{title}</bdi>
        </Link>
        <span
          className={`min-w-0 truncate text-xs text-muted max-md:block ${compact ? "max-md:hidden" : ""}`}
          title={about}
        >
          <bdi>{about}</bdi>
        </span>
      </div>
      {state === "failing" ? (
        <p className="truncate text-xs max-md:hidden" title={instance.status.message ?? undefined}>
          <span className="font-medium text-bad">{failureTitle(instance.status.reason ?? "")}</span>
          {instance.status.message ? <bdi className="ms-1.5">{instance.status.message}</bdi> : null}
        </p>
      ) : (
        <div className="grid min-w-0 grid-cols-2 gap-x-4 max-md:hidden">
          {figures.map(({ figure, reading }) =>
            reading ? (
              <InstanceFigure key={figure.title} {...{ figure, reading, waiting, renderedAt }} layout="inline" />
            ) : null,
          )}
        </div>
      )}
      <div className="max-md:hidden">
        <Spark figures={figures} height={20} />
      </div>
      <div className="max-md:hidden">
        <BeatBar beats={instance.strip} label="Last 24 hours" height={12} />
      </div>
      <span className="text-right">
        <LastRun {...props} />
      </span>
    </li>
  );
}, isSameInstance);
