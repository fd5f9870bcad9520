"use client";

import Link from "next/link";
import { memo } from "react";
import { useMe } from "@/components/account/use-me";
import type { DeliveryView } from "@/components/data/outputs";
import { ClockTime } from "@/components/instance/ClockTime";
import { Button } from "@/components/ui/Button";
import { Icon } from "@/components/ui/icons";
import { RelativeTime } from "@/components/ui/RelativeTime";
import { StatusShape } from "@/components/ui/StatusShape";
import { attemptWords, canRetry, standOf } from "./delivery-words";
import { useRetry } from "./use-delivery-log";

interface Props {
  readonly delivery: DeliveryView;
  readonly renderedAt: number;
}

/** One message to one channel, and what became of it. Whatever it says is only text. */
export const DeliveryRow = memo(function DeliveryRow({ delivery, renderedAt }: Props) {
  const { channel, createdAt } = delivery;
  const { tone, word } = standOf(delivery);
  return (
    <li className="grid grid-cols-[14px_minmax(0,1fr)_auto] items-baseline gap-x-3 gap-y-1 border-b border-line px-4 py-2.5 last:border-b-0 @2xl:grid-cols-[14px_minmax(0,1fr)_minmax(0,7.5rem)_minmax(0,15rem)_6rem] @2xl:gap-x-4">
      <StatusShape tone={tone} label={word} className="translate-y-px" />
      <Said delivery={delivery} />
      <p className="text-xs break-words text-muted @max-2xl:col-span-2 @max-2xl:col-start-2 @max-2xl:row-start-2">
        <ChannelName channel={channel} />
      </p>
      <Stand {...{ delivery, renderedAt, word }} />
      <span className="num text-right text-xs text-muted @max-2xl:col-start-3 @max-2xl:row-start-1">
        <ClockTime at={createdAt} />
      </span>
    </li>
  );
});

/** Its title, and its text where somebody wants to read it. */
function Said({ delivery: { title, text, alerts } }: Pick<Props, "delivery">) {
  const only = alerts.length === 1 ? alerts[0] : undefined;
  return (
    <details className="group min-w-0">
      <summary className="list-none rounded text-sm font-medium text-pretty break-words hover:underline [&::-webkit-details-marker]:hidden">
        <bdi>{title}</bdi>
        <Icon
          name="right"
          size={13}
          className="ms-1 inline-block align-[-2px] text-muted transition-transform group-open:rotate-90"
        />
      </summary>
      <p className="mt-1.5 max-h-80 overflow-y-auto rounded-lg border border-line bg-raised/50 px-3 py-2 text-xs break-words whitespace-pre-line">
        <bdi>{text || "Without a text."}</bdi>
      </p>
      {only === undefined ? null : (
        <Link
          href={`/alerts/${only}`}
          prefetch={false}
          className="mt-1.5 inline-block rounded text-xs font-medium text-accent hover:underline pointer-coarse:py-1.5"
        >
          The alert
        </Link>
      )}
    </details>
  );
}

function ChannelName({ channel: { id, name } }: Pick<DeliveryView, "channel">) {
  const { may } = useMe();
  if (name === null) return <span>A removed channel</span>;
  if (!may("administer")) return <bdi>{name}</bdi>;
  return (
    <Link href={`/alerts/channels/${id}`} prefetch={false} className="rounded hover:text-ink hover:underline">
      <bdi>{name}</bdi>
    </Link>
  );
}

/** How it stands, and what the service said to it. */
function Stand({ delivery, renderedAt, word }: Props & { word: string }) {
  const { id, state, answer, attempts, dueAt, title } = delivery;
  const retry = useRetry();
  const { may } = useMe();
  const times = attemptWords(attempts);
  return (
    <div className="flex min-w-0 items-start justify-between gap-3 text-xs text-muted @max-2xl:col-span-2 @max-2xl:col-start-2">
      <div className="min-w-0">
        <p className="num break-words">
          <span className={state === "failed" ? "font-medium text-bad" : ""}>{word}</span>
          {state === "waiting" ? (
            <>
              {" "}
              <RelativeTime at={Math.max(dueAt, renderedAt)} now={renderedAt} />
            </>
          ) : null}
          {times === "" ? null : ` · ${times}`}
        </p>
        {answer && state !== "sent" ? (
          <p className="line-clamp-3 [overflow-wrap:anywhere]" title={answer}>
            <bdi>{answer}</bdi>
          </p>
        ) : null}
      </div>
      {canRetry(delivery) && may("respond") ? (
        <Button size="small" busy={retry.isPending} onClick={() => retry.mutate({ id })}>
          {state === "waiting" ? "Send now" : "Send again"}
          <span className="sr-only">: {title}</span>
        </Button>
      ) : null}
    </div>
  );
}
