"use client";

import { RelativeTime } from "@/components/ui/RelativeTime";
import { StatusShape } from "@/components/ui/StatusShape";

interface Props {
  readonly enabled: number;
  readonly unread: number;
  readonly since: number | null;
  readonly renderedAt: number;
}

/** One quiet line where nothing needs attention. */
export function Calm({ enabled, unread, since, renderedAt }: Props) {
  const line = "num flex min-h-6 flex-wrap items-center gap-x-2 text-sm text-muted";
  if (enabled === 0)
    return (
      <p className={line}>
        <StatusShape tone="paused" label="" size={11} />
        <span>Nothing is collected: every instance is paused.</span>
      </p>
    );
  if (unread > 0)
    return (
      <p role="status" className={line}>
        <StatusShape tone="unknown" label="" size={11} />
        <span className="font-medium text-ink">First readings in a few seconds</span>
        <span>
          {unread === enabled
            ? "Nothing is wrong so far."
            : `${enabled - unread} of ${enabled} instances have been read.`}
        </span>
      </p>
    );
  return (
    <p role="status" className={line}>
      <StatusShape tone="ok" label="" size={11} />
      <span className="font-medium text-ink">All is well</span>
      <span>
        {enabled === 1 ? "1 instance is healthy" : `All ${enabled} instances are healthy`}
        {since === null ? "" : ", and nothing changed since "}
        {since === null ? null : <RelativeTime at={since} now={renderedAt} />}
      </span>
    </p>
  );
}
