"use client";

import Link from "next/link";
import type { DeliveryView } from "@/components/data/outputs";
import { Card, CardTitle } from "@/components/ui/Card";
import { RelativeTime } from "@/components/ui/RelativeTime";
import { StatusShape } from "@/components/ui/StatusShape";
import { serverNow } from "@/components/ui/use-now";
import { standOf } from "../notifications/delivery-words";
import { useLatest } from "./use-latest";

interface Props {
  /** Undefined where nothing was ever sent. */
  readonly delivery: DeliveryView | undefined;
  readonly renderedAt: number;
}

/** How a channel was told last: one that fails is seen at a glance. What it answered is only text. */
export function LastDelivery({ delivery, renderedAt }: Props) {
  if (!delivery) return <p className="mt-0.5 text-xs text-muted">Nothing was sent yet.</p>;
  const { state, answer, createdAt, finishedAt } = delivery;
  const { tone, word } = standOf(delivery);
  const isBad = tone === "bad" || tone === "warn";
  return (
    <p className="mt-0.5 flex items-start gap-1.5 text-xs text-muted">
      <StatusShape tone={tone} label="" size={10} className="mt-[3px]" />
      <span className="min-w-0 break-words">
        <span className={isBad ? `font-medium ${tone === "bad" ? "text-bad" : "text-warn"}` : ""}>{word}</span>{" "}
        <RelativeTime at={finishedAt ?? createdAt} now={renderedAt} />
        {answer && state !== "sent" ? (
          <>
            {" · "}
            <bdi className="[overflow-wrap:anywhere]">{answer}</bdi>
          </>
        ) : null}
      </span>
    </p>
  );
}

/** The same on the channel's own page, with what was sent. */
export function LastDeliveryCard({ channel }: { channel: string }) {
  const latest = useLatest();
  if (!latest) return null;
  const delivery = latest.get(channel);
  return (
    <Card role="region" aria-label="Last message">
      <CardTitle
        aside={
          <Link
            href={`/alerts/notifications/log?channel=${encodeURIComponent(channel)}`}
            className="rounded px-1 font-medium text-accent hover:underline"
          >
            All of them
          </Link>
        }
      >
        Last message
      </CardTitle>
      {delivery ? (
        <p className="text-sm font-medium break-words">
          <bdi>{delivery.title}</bdi>
        </p>
      ) : null}
      <LastDelivery delivery={delivery} renderedAt={serverNow()} />
    </Card>
  );
}
