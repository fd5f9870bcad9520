"use client";

import Link from "next/link";
import { memo } from "react";
import type { OverviewHost } from "@/components/data/outputs";
import { HeartbeatStrip } from "@/components/ui/HeartbeatStrip";
import { Sparkline } from "@/components/ui/Sparkline";
import { StatusShape } from "@/components/ui/StatusShape";
import { toneOfHealth } from "@/components/ui/tones";
import type { Samples } from "./concerns";
import { HostVital } from "./HostVital";
import { Uptime } from "./Uptime";
import { sameSamples, useFigures } from "./use-figures";
import { bootFigure, type Place, sparkOf } from "./vitals";

interface Props {
  readonly host: OverviewHost;
  readonly places: readonly Place[];
  readonly samples: Samples;
  readonly waiting: boolean;
  readonly stripEndsAt: number;
  readonly renderedAt: number;
  readonly compact: boolean;
}

const figuresOf = ({ vitals }: OverviewHost) => vitals.map(({ figure }) => figure);

export const HostRow = memo(function HostRow(props: Props) {
  const { host, places, samples, waiting, stripEndsAt, renderedAt, compact } = props;
  const { vitals } = host;
  const values = useFigures(figuresOf(host), samples, renderedAt);
  const drawn = sparkOf(vitals);
  const spark = vitals[drawn]?.figure;
  return (
    <li
      data-row
      className={`relative grid grid-cols-3 content-start items-start gap-x-4 gap-y-3 rounded-xl border border-line bg-surface p-3.5 transition-colors hover:bg-hover xl:grid-cols-(--columns) xl:content-center xl:items-center xl:gap-x-5 xl:rounded-none xl:border-0 xl:border-b xl:px-4 xl:py-0 xl:first:rounded-none xl:last:rounded-b-xl xl:last:border-b-0 ${compact ? "xl:h-11" : "xl:h-14"}`}
    >
      <HostName host={host} compact={compact} />
      <div className="text-right xl:order-last">
        <Uptime figure={bootFigure(host.bootedAtSeries)} samples={samples} renderedAt={renderedAt} waiting={waiting} />
      </div>
      {places.map((place) => (
        <HostVital key={place} place={place} vitals={vitals} values={values} waiting={waiting} />
      ))}
      <div
        className={`col-span-3 min-w-0 xl:col-span-1 ${spark ? "" : "max-xl:hidden"}`}
        title={spark ? `${spark.title}, last hour` : undefined}
      >
        {spark ? (
          <Sparkline
            values={spark.spark}
            unit={spark.unit}
            tone={values[drawn]?.tone ?? "unknown"}
            label={`${spark.title} in the last hour`}
            height={compact ? 20 : 26}
          />
        ) : (
          <div className="h-6 border-b border-dashed border-line" />
        )}
      </div>
      <HeartbeatStrip
        beats={host.strip}
        endsAt={stripEndsAt}
        label={`${host.host}, last 24 hours`}
        height={compact ? 16 : 20}
        className="z-1 col-span-3 xl:col-span-1"
      />
    </li>
  );
}, isSame);

function isSame(before: Props, after: Props): boolean {
  const { samples: _before, ...rest } = before;
  const { samples: _after, ...now } = after;
  const keys = Object.keys(rest) as (keyof typeof rest)[];
  return (
    keys.every((key) => rest[key] === now[key]) &&
    sameSamples(figuresOf(after.host), before.samples, after.samples) &&
    after.host.bootedAtSeries.every((id) => before.samples.get(id) === after.samples.get(id))
  );
}

function HostName({ host, compact }: { host: OverviewHost; compact: boolean }) {
  const { health, enabled, instances, failing } = host;
  const tone = toneOfHealth(health, enabled);
  const count = instances === 1 ? "1 instance" : `${instances} instances`;
  return (
    <div className="col-span-2 flex min-w-0 items-center gap-2.5 xl:col-span-1">
      <StatusShape tone={tone} size={12} />
      <div className="min-w-0">
        <Link
          href={`/instances/${host.instanceId}`}
          prefetch={false}
          title={host.host}
          className="row-link block truncate text-sm font-semibold"
        >
          <bdi>{host.host}</bdi>
        </Link>
        <span className={`num block truncate text-xs text-muted ${compact ? "xl:hidden" : ""}`}>
          {count}
          {failing > 0 ? <span className="text-bad"> · {failing} failing</span> : null}
        </span>
      </div>
    </div>
  );
}
