"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useTRPC } from "@/components/data/trpc";
import { Card } from "@/components/ui/Card";
import { EmptyState } from "@/components/ui/EmptyState";
import { ErrorState } from "@/components/ui/ErrorState";
import { Icon } from "@/components/ui/icons";
import { Skeleton } from "@/components/ui/Skeleton";
import { DeliveryRow } from "./DeliveryRow";
import { LAST_MESSAGES } from "./last-messages";
import { Section } from "./Section";
import { REREAD_MS } from "./use-delivery-log";

/** What was told last, and what became of it. */
export function LastMessages({ renderedAt }: { renderedAt: number }) {
  const trpc = useTRPC();
  const { data, error } = useQuery(trpc.notifications.log.queryOptions(LAST_MESSAGES, { refetchInterval: REREAD_MS }));
  return (
    <Section
      title="Last messages"
      aside={
        <Link
          href="/alerts/notifications/log"
          className="-mr-1 inline-flex shrink-0 items-center gap-0.5 rounded px-1 text-sm font-medium text-accent hover:underline pointer-coarse:py-1.5"
        >
          Delivery log
          <Icon name="right" size={14} />
        </Link>
      }
    >
      {error && !data ? <ErrorState title="The log could not be read" message={error.message} /> : null}
      {data ? (
        <Card padding="none" className="overflow-hidden">
          {data.deliveries.length === 0 ? (
            <EmptyState icon="clock" title="Nobody was told of anything yet">
              When an alert fires, what was sent to whom stands here, and whether it arrived.
            </EmptyState>
          ) : (
            <ul aria-label="Last messages" className="@container">
              {data.deliveries.map((delivery) => (
                <DeliveryRow key={delivery.id} delivery={delivery} renderedAt={renderedAt} />
              ))}
            </ul>
          )}
        </Card>
      ) : error ? null : (
        <Skeleton className="h-40 rounded-xl" />
      )}
    </Section>
  );
}
