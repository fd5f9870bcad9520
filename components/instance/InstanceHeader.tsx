"use client";

import Link from "next/link";
import { useMemo } from "react";
import { ByFile } from "@/components/config/ByFile";
import type { InstanceDetail } from "@/components/data/outputs";
import { formatText, formatZoned } from "@/components/format";
import { useViewerZone } from "@/components/silences/use-viewer-zone";
import { Badge } from "@/components/ui/Badge";
import { HeartbeatStrip } from "@/components/ui/HeartbeatStrip";
import { PageHeader } from "@/components/ui/PageHeader";
import { RelativeTime } from "@/components/ui/RelativeTime";
import { StatusShape } from "@/components/ui/StatusShape";
import { TONE_TEXT } from "@/components/ui/tones";
import { useNow } from "@/components/ui/use-now";
import { factsOf, versionsOf } from "./facts";
import { InstanceActions } from "./InstanceActions";
import { titleOf } from "./instance-title";
import { Lasting } from "./Lasting";
import { standingOf } from "./standing";
import { type InstanceHead, useInstance } from "./use-instance";

const selectVersions = ({ metrics, series, plugin, intervalSeconds }: InstanceDetail) =>
  versionsOf(factsOf(metrics, series, plugin, intervalSeconds));

export function InstanceHeader({ head, rendered }: { head: InstanceHead; rendered: number }) {
  const now = useNow(rendered);
  const versions = useInstance(head.id, selectVersions) ?? [];
  const { tone, word, since } = standingOf(head, now);
  const facts = useMemo(() => factsInWords(head, versions), [head, versions]);
  return (
    <div className="flex flex-col gap-3">
      <PageHeader
        parent={{ href: "/instances", name: "Instances" }}
        status={<StatusShape tone={tone} label={word} size={14} />}
        title={titleOf(head)}
        facts={
          <>
            {facts.map((fact) => (
              <span key={fact} className="max-w-72 truncate" title={fact}>
                {fact}
              </span>
            ))}
            {head.tags.map((tag) => (
              <Badge key={tag}>{tag}</Badge>
            ))}
            <ByFile kind="instance" id={head.id} />
          </>
        }
        actions={<InstanceActions head={head} />}
      />
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2 text-sm">
        <HeartbeatStrip
          beats={head.strip}
          endsAt={head.stripEndsAt}
          label={`${head.name}, last 24 hours`}
          className="w-full sm:w-80"
        />
        <p className="num flex flex-wrap items-center gap-x-1.5 text-muted">
          <span className={`font-medium ${TONE_TEXT[tone]}`}>{word}</span>
          {word === "In maintenance" ? <MaintenanceEnd maintenance={head.maintenance} /> : null}
          {since === null ? null : <Lasting since={since} rendered={rendered} />}
          {head.status.lastRunAt === null ? null : (
            <span>
              · last run <RelativeTime at={head.status.lastRunAt} now={rendered} />
            </span>
          )}
        </p>
      </div>
    </div>
  );
}

function MaintenanceEnd({ maintenance }: Pick<InstanceHead, "maintenance">) {
  const zone = useViewerZone();
  if (maintenance === null) return null;
  return (
    <span>
      {maintenance.until === null ? "" : `until ${formatZoned(maintenance.until, zone)} · `}
      <Link href="/alerts/silences" className="hover:text-ink hover:underline">
        <bdi>{maintenance.name}</bdi>
      </Link>
    </span>
  );
}

/** What it watches and how often, without what the title says already. */
function factsInWords(head: InstanceHead, versions: readonly string[]): string[] {
  const { name, pluginName, host, target, intervalSeconds } = head;
  return [
    ...(name === host || name === pluginName ? [] : [pluginName]),
    ...(name === host ? [] : [host]),
    ...(target === "" || target === host ? [] : [target]),
    ...versions,
    `every ${formatText(intervalSeconds, "seconds")}`,
  ];
}
