"use client";

import Link from "next/link";
import type { OpenAlert } from "@/components/data/outputs";
import { Badge } from "@/components/ui/Badge";
import { Icon } from "@/components/ui/icons";
import { RelativeTime } from "@/components/ui/RelativeTime";
import { useClock } from "@/components/ui/use-now";

interface Props {
  readonly alert: Pick<OpenAlert, "acknowledged" | "snoozedUntil" | "mutedBy" | "flapping">;
  readonly renderedAt: number;
}

type MutedBy = NonNullable<OpenAlert["mutedBy"]>;

const UNTIL = { over: "", changed: ", quiet until it changes", worse: ", quiet until it is worse" } as const;

/** What is done about an alert, or why nobody is told of it. Nothing where nothing is. */
export function Handling({ alert, renderedAt }: Props) {
  const { acknowledged, snoozedUntil, mutedBy, flapping } = alert;
  const snoozed = useClock(renderedAt, (now) => snoozedUntil !== null && snoozedUntil > now);
  if (!acknowledged && !snoozed && !mutedBy && !flapping) return null;
  return (
    <div className="mt-1 flex flex-wrap items-center gap-x-2 gap-y-1 text-xs text-muted">
      {flapping ? <Badge>Comes and goes</Badge> : null}
      {mutedBy ? <Muted by={mutedBy} renderedAt={renderedAt} /> : null}
      {acknowledged ? (
        <span className="inline-flex min-w-0 items-start gap-1">
          <Icon name="check" size={13} className="mt-[1.5px] text-ok" />
          <span className="min-w-0 break-words">
            Acknowledged by <bdi>{acknowledged.by}</bdi> <RelativeTime at={acknowledged.at} now={renderedAt} />
            {UNTIL[acknowledged.until]}
            {acknowledged.note ? (
              <>
                : <bdi className="text-ink/85">{acknowledged.note}</bdi>
              </>
            ) : null}
          </span>
        </span>
      ) : null}
      {snoozed && snoozedUntil !== null ? (
        <span className="inline-flex items-center gap-1">
          <Icon name="clock" size={13} />
          Snoozed, ends <RelativeTime at={snoozedUntil} now={renderedAt} />
        </span>
      ) : null}
    </div>
  );
}

const WHY = { silence: "Silenced: ", maintenance: "Maintenance: ", parent: "Muted, because of " } as const;

/** Why nobody is told. What something hangs on has a page, which says more. */
function Muted({ by: { kind, id, name, until }, renderedAt }: { by: MutedBy; renderedAt: number }) {
  return (
    <span className="inline-flex min-w-0 items-start gap-1">
      <Icon name="pause" size={13} className="mt-[1.5px]" />
      <span className="min-w-0 break-words">
        {WHY[kind]}
        {kind === "parent" ? (
          <Link href={`/alerts/${id}`} prefetch={false} className="relative z-1 hover:text-ink hover:underline">
            <bdi>{name}</bdi>
          </Link>
        ) : (
          <bdi>{name}</bdi>
        )}
        {until === null ? null : (
          <>
            , ends <RelativeTime at={until} now={renderedAt} />
          </>
        )}
      </span>
    </span>
  );
}
