"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { May } from "@/components/account/May";
import { useTRPC } from "@/components/data/trpc";
import { buttonClass } from "@/components/ui/button-class";
import { ErrorState } from "@/components/ui/ErrorState";
import { PageHeader } from "@/components/ui/PageHeader";
import { Skeleton } from "@/components/ui/Skeleton";
import { AlertTabs } from "../AlertTabs";
import { CanaryCard } from "./CanaryCard";
import { HeartbeatCard } from "./HeartbeatCard";
import { LastMessages } from "./LastMessages";
import { LinksCard } from "./LinksCard";
import { ADD_ROUTE, RouteSection } from "./RouteSection";
import { Section } from "./Section";
import { REREAD_MS } from "./use-delivery-log";

/** Who is told of what, whether it arrives, and who watches Unity itself. @param renderedAt what the server took for now */
export function NotificationsPage({ renderedAt }: { renderedAt: number }) {
  const trpc = useTRPC();
  const { data, error } = useQuery(trpc.notifications.settings.queryOptions(undefined, { refetchInterval: REREAD_MS }));
  return (
    <>
      <PageHeader title="Alerts" actions={ADD_ROUTE} />
      <AlertTabs current="notifications" />
      <NoChannel />
      <div className="grid grid-cols-1 items-start gap-x-5 gap-y-6 xl:grid-cols-[minmax(0,1fr)_minmax(0,26rem)]">
        <div className="flex min-w-0 flex-col gap-6">
          <RouteSection />
          <LastMessages renderedAt={renderedAt} />
          {data ? <LinksCard settings={data.settings} /> : null}
        </div>
        <Section title="Who watches Unity">
          {error && !data ? <ErrorState title="The settings could not be read" message={error.message} /> : null}
          {data ? (
            <div className="grid grid-cols-1 items-start gap-4 md:grid-cols-2 xl:grid-cols-1">
              <HeartbeatCard settings={data.settings} heartbeat={data.heartbeat} renderedAt={renderedAt} />
              <CanaryCard settings={data.settings} renderedAt={renderedAt} />
            </div>
          ) : error ? null : (
            <Skeleton className="h-96 rounded-xl" />
          )}
        </Section>
      </div>
    </>
  );
}

/** Without a channel all that is set here tells nobody. */
function NoChannel() {
  const trpc = useTRPC();
  const { data: channels } = useQuery(trpc.channels.list.queryOptions());
  if (!channels || channels.some(({ enabled }) => enabled)) return null;
  const none = channels.length === 0;
  return (
    <ErrorState
      tone="warn"
      title={none ? "There is no channel yet, so nobody is told" : "Every channel is off, so nobody is told"}
      message="A channel brings alerts to a phone, a chat or a mailbox."
      action={
        <May permission="administer">
          <Link href={none ? "/alerts/channels/new" : "/alerts/channels"} className={buttonClass()}>
            {none ? "New channel" : "Channels"}
          </Link>
        </May>
      }
    />
  );
}
