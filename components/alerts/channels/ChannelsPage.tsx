"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { useState } from "react";
import { May } from "@/components/account/May";
import { useMe } from "@/components/account/use-me";
import { ByFile } from "@/components/config/ByFile";
import type { ChannelTest, ChannelView, DeliveryView } from "@/components/data/outputs";
import { useTRPC } from "@/components/data/trpc";
import { formatExact } from "@/components/format";
import { Button } from "@/components/ui/Button";
import { buttonClass } from "@/components/ui/button-class";
import { Card } from "@/components/ui/Card";
import { EmptyState } from "@/components/ui/EmptyState";
import { ErrorState } from "@/components/ui/ErrorState";
import { Icon } from "@/components/ui/icons";
import { PageHeader } from "@/components/ui/PageHeader";
import { Skeleton } from "@/components/ui/Skeleton";
import { StatusShape } from "@/components/ui/StatusShape";
import { Switch } from "@/components/ui/Switch";
import { useToast } from "@/components/ui/Toast";
import { AlertTabs } from "../AlertTabs";
import { FileMenu } from "../file/FileMenu";
import { LastDelivery } from "./LastDelivery";
import { useLatest } from "./use-latest";

const ADD = (
  <May permission="administer">
    <Link href="/alerts/channels/new" className={buttonClass({ variant: "primary" })}>
      <Icon name="plus" size={15} />
      New channel
    </Link>
  </May>
);

/** Where people are told, and whether it arrives. @param renderedAt what the server took for now. Epoch milliseconds */
export function ChannelsPage({ renderedAt }: { renderedAt: number }) {
  const trpc = useTRPC();
  const latest = useLatest();
  const { data: channels, error } = useQuery(trpc.channels.list.queryOptions());
  return (
    <>
      <PageHeader
        title="Alerts"
        facts={
          channels ? (
            <span>
              {formatExact(channels.length)} {channels.length === 1 ? "channel" : "channels"}
            </span>
          ) : null
        }
        actions={
          <>
            <FileMenu />
            {channels && channels.length > 0 ? ADD : null}
          </>
        }
      />
      <AlertTabs current="channels" />
      {error ? <ErrorState title="The channels could not be read" message={error.message} /> : null}
      {channels ? (
        <Card padding="none" className="overflow-hidden">
          {channels.length === 0 ? (
            <EmptyState icon="alerts" title="Nobody is told yet" action={ADD}>
              Alerts stand on these pages only. A channel brings them to a phone, a chat or a mailbox.
            </EmptyState>
          ) : (
            <ul>
              {channels.map((channel) => (
                <Row key={channel.id} channel={channel} last={latest?.get(channel.id)} renderedAt={renderedAt} />
              ))}
            </ul>
          )}
        </Card>
      ) : error ? null : (
        <Skeleton className="h-60 rounded-xl" />
      )}
    </>
  );
}

function Row({
  channel,
  last,
  renderedAt,
}: {
  channel: ChannelView;
  last: DeliveryView | undefined;
  renderedAt: number;
}) {
  const { id, kind, kindTitle, name, enabled, config } = channel;
  const { may } = useMe();
  const mine = may("administer");
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const toast = useToast();
  const [result, setResult] = useState<ChannelTest | null>(null);
  const refused = { onError: (error: { message: string }) => toast({ tone: "bad", text: error.message }) };
  const update = useMutation(
    trpc.channels.update.mutationOptions({
      ...refused,
      onSuccess: () => queryClient.invalidateQueries(trpc.channels.list.queryFilter()),
    }),
  );
  const test = useMutation(trpc.channels.test.mutationOptions({ ...refused, onSuccess: setResult }));
  return (
    <li
      data-row
      className="relative grid grid-cols-[32px_minmax(0,1fr)_auto] items-center gap-x-3 gap-y-1 border-b border-line px-4 py-2.5 transition-colors last:border-b-0 hover:bg-hover"
    >
      {/* Above the link of the row. */}
      <span className="relative z-1 flex">
        <Switch
          bare
          label={`${name}: on`}
          checked={enabled}
          disabled={update.isPending}
          locked={mine ? undefined : "Only an admin may change channels."}
          onChange={(next) => update.mutate({ id, channel: { kind, name, config, enabled: next } })}
        />
      </span>
      <div className={`min-w-0 ${enabled ? "" : "opacity-65"}`}>
        {mine ? (
          <Link href={`/alerts/channels/${id}`} className="row-link text-sm font-medium break-words">
            <bdi>{name}</bdi>
          </Link>
        ) : (
          <p className="text-sm font-medium break-words">
            <bdi>{name}</bdi>
          </p>
        )}
        <p className="flex flex-wrap items-center gap-2 text-xs text-muted">
          {kindTitle} <ByFile kind="channel" id={id} />
        </p>
        <LastDelivery delivery={last} renderedAt={renderedAt} />
      </div>
      {mine ? (
        <span className="relative z-1">
          <Button size="small" icon="play" busy={test.isPending} onClick={() => test.mutate({ id })}>
            Test<span className="sr-only"> {name}</span>
          </Button>
        </span>
      ) : null}
      {result ? (
        <p role="status" className="col-span-2 col-start-2 flex items-start gap-2 text-xs break-all text-muted">
          <StatusShape
            tone={result.ok ? "ok" : "bad"}
            label={result.ok ? "Taken" : "Not taken"}
            size={10}
            className="mt-0.5"
          />
          <bdi>{result.answer || "Without a word."}</bdi>
        </p>
      ) : null}
    </li>
  );
}
