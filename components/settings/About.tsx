"use client";

import { useQuery } from "@tanstack/react-query";
import type { About as Facts } from "@/components/data/outputs";
import { useTRPC } from "@/components/data/trpc";
import { formatDuration, formatExact } from "@/components/format";
import { Card } from "@/components/ui/Card";
import { ErrorState } from "@/components/ui/ErrorState";
import { RelativeTime } from "@/components/ui/RelativeTime";
import { Skeleton } from "@/components/ui/Skeleton";
import { Value } from "@/components/ui/Value";
import { CopyFacts } from "./CopyFacts";
import { SettingRow } from "./SettingRow";
import { SettingSection } from "./SettingSection";

/** What runs here. */
export function ThisUnity() {
  const { data, error } = useAbout();
  return (
    <SettingSection title="This Unity" aside={data ? <CopyFacts about={data} /> : null}>
      {data ? <Running about={data} /> : <Missing error={error} />}
    </SettingSection>
  );
}

/** What it holds, and how long it keeps it. */
export function DataKept() {
  const { data, error } = useAbout();
  return <SettingSection title="Data">{data ? <Data about={data} /> : <Missing error={error} />}</SettingSection>;
}

const useAbout = () => useQuery(useTRPC().system.about.queryOptions());

const Missing = ({ error }: { error: { message: string } | null }) =>
  error ? (
    <ErrorState title="What runs here could not be read" message={error.message} />
  ) : (
    <Skeleton className="h-72 rounded-xl" />
  );

function Running({ about }: { about: Facts }) {
  const { version, runtime, host, startedAt, at, memoryBytes, plugins, brokenPlugins, instances } = about;
  return (
    <Card padding="none">
      <SettingRow name="Version">{version}</SettingRow>
      <SettingRow name="Runs on" hint={runtime}>
        <bdi>{host}</bdi>
      </SettingRow>
      <SettingRow name="Started">
        <RelativeTime at={startedAt} now={at} />
      </SettingRow>
      <SettingRow name="Memory" hint="Of the whole process, pages included.">
        <Value value={memoryBytes} unit="bytes" />
      </SettingRow>
      <SettingRow name="Plugins" hint={brokenPlugins > 0 ? "See the catalogue for what is wrong." : undefined}>
        {formatExact(plugins)}
        {brokenPlugins > 0 ? (
          <span className="text-bad"> and {formatExact(brokenPlugins)} that do not load</span>
        ) : null}
      </SettingRow>
      <SettingRow name="Instances">{formatExact(instances)}</SettingRow>
    </Card>
  );
}

function Data({ about: { store, series, database, retention, at } }: { about: Facts }) {
  return (
    <Card padding="none">
      <SettingRow name="Database" hint={<span className="break-all">{database}</span>}>
        {store.engine}
      </SettingRow>
      <SettingRow name="Size" hint="Of the samples. What was deleted is used again before it grows.">
        <Value value={store.bytes} unit="bytes" />
      </SettingRow>
      <SettingRow
        name="Samples"
        hint={
          store.oldestAt === null ? null : (
            <>
              The oldest is from <RelativeTime at={store.oldestAt} now={at} />
            </>
          )
        }
      >
        {formatExact(store.samples)}
      </SettingRow>
      <SettingRow name="Series" hint="One metric of one instance with one set of labels.">
        {formatExact(series)}
      </SettingRow>
      <SettingRow name="Last write" hint="How long it took to put the newest samples on disk.">
        <Value value={store.lastFlushMs === null ? null : store.lastFlushMs / 1_000} unit="seconds" />
      </SettingRow>
      <SettingRow name="Kept" hint="Samples as measured, then averages with minimum and maximum.">
        {span(retention.rawMs)} exact · {span(retention.hourlyMs)} by the hour · {span(retention.dailyMs)} by the day
      </SettingRow>
    </Card>
  );
}

function span(ms: number): string {
  const { text, unit } = formatDuration(ms / 1_000);
  return `${text} ${unit}`.trim();
}
