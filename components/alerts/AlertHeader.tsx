"use client";

import Link from "next/link";
import { useState } from "react";
import type { AlertDetail } from "@/components/data/outputs";
import { formatText } from "@/components/format";
import { Lasting } from "@/components/instance/Lasting";
import { Icon } from "@/components/ui/icons";
import { RelativeTime } from "@/components/ui/RelativeTime";
import { StatusShape } from "@/components/ui/StatusShape";
import { TONE_TEXT } from "@/components/ui/tones";
import { useNow } from "@/components/ui/use-now";
import { AlertActions } from "./AlertActions";
import type { headOf } from "./alert-title";
import { END_WORD } from "./event-words";
import { Handling } from "./Handling";
import { KeyFigures } from "./KeyFigures";
import { Summary } from "./Summary";
import { TONE_OF, WORD_OF } from "./severity";
import { standOf } from "./standing-alert";
import { useAlertDeeds } from "./use-alert-deeds";
import { useRowKeys } from "./use-row-keys";

export type Head = NonNullable<ReturnType<typeof headOf>>;
interface Props {
  readonly detail: AlertDetail;
  readonly head: Head;
  readonly renderedAt: number;
}

/** What it says, how it stands, and what can be done about it. */
export function AlertHeader({ detail, head, renderedAt }: Props) {
  const { open, fired } = detail;
  const now = useNow(renderedAt);
  const loud = open !== null && standOf(open, now) === "loud";
  const { severity } = head;
  return (
    <header className="flex flex-col gap-4" data-alert={open?.id}>
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="min-w-0 flex-1 basis-96">
          <Link
            href={open ? "/alerts" : "/alerts/history"}
            className="mb-0.5 -ml-1 inline-flex items-center gap-0.5 rounded px-1 text-xs text-muted transition-colors hover:text-ink"
          >
            <Icon name="left" size={13} />
            {open ? "Alerts" : "History"}
          </Link>
          <div className="flex items-start gap-3">
            <StatusShape
              tone={open ? TONE_OF[severity] : "ok"}
              label={open ? WORD_OF[severity] : "Over"}
              size={16}
              firing={loud}
              className="mt-1.5"
            />
            <h1 className="min-w-0 text-xl font-semibold tracking-tight text-pretty break-words">
              <Summary alert={head} />
            </h1>
          </div>
          <p className="num mt-1.5 flex flex-wrap items-center gap-x-1.5 gap-y-0.5 pl-7 text-sm text-muted">
            <State detail={detail} head={head} renderedAt={renderedAt} />
            <span>·</span>
            <Whose head={head} />
          </p>
          {open ? (
            <div className="pl-7">
              <Handling alert={open} renderedAt={renderedAt} />
            </div>
          ) : null}
        </div>
        {open ? <Actions alert={open} /> : null}
      </div>
      <KeyFigures head={open ?? fired ?? head} fired={fired} />
    </header>
  );
}

function State({ detail: { open, fired }, head, renderedAt }: Props) {
  const tone = TONE_TEXT[TONE_OF[head.severity]];
  if (open)
    return (
      <>
        <span className={`font-medium ${open.phase === "firing" ? tone : ""}`}>
          {open.phase === "firing" ? `${WORD_OF[head.severity]}, firing` : "Pending"}
        </span>
        <Lasting since={open.firedAt ?? open.since} rendered={renderedAt} />
      </>
    );
  if (!fired || fired.endedAt === null) return <span className="font-medium">Over</span>;
  const { cause, endedBy, firedAt, endedAt } = fired;
  return (
    <>
      <span className="font-medium text-ok">Over</span>
      <span>
        since <RelativeTime at={endedAt} now={renderedAt} />, lasted{" "}
        {formatText((endedAt - firedAt) / 1_000, "seconds")}
        {endedBy ? (
          <>
            , resolved by <bdi>{endedBy}</bdi>
          </>
        ) : cause && cause !== "measured" ? (
          `, ${END_WORD[cause]}`
        ) : null}
      </span>
    </>
  );
}

function Whose({ head: { instanceId, instanceName, host, labels } }: { head: Head }) {
  const items = Object.entries(labels);
  return (
    <>
      {instanceName === null ? (
        <span>A removed instance</span>
      ) : (
        <Link href={`/instances/${instanceId}`} className="max-w-full truncate font-medium text-ink hover:underline">
          <bdi>{instanceName}</bdi>
        </Link>
      )}
      {host !== null && host !== instanceName ? (
        <span className="max-w-full truncate">
          on <bdi>{host}</bdi>
        </span>
      ) : null}
      {items.map(([label, value]) => (
        <span key={label} className="max-w-80 truncate" title={`${label}: ${value}`}>
          · {label.replaceAll("_", " ")} <bdi className="text-ink">{value}</bdi>
        </span>
      ))}
    </>
  );
}

function Actions({ alert }: { alert: NonNullable<AlertDetail["open"]> }) {
  const deeds = useAlertDeeds();
  const [snoozing, setSnoozing] = useState(false);
  useRowKeys({
    // The page is about one alert: its keys need no focus.
    only: alert.id,
    acknowledge: () => (alert.acknowledged ? deeds.unacknowledge(alert) : deeds.acknowledge(alert, "over")),
    snooze: () => setSnoozing(true),
  });
  return <AlertActions wide alert={alert} deeds={deeds} snoozing={snoozing} onSnoozing={setSnoozing} />;
}
