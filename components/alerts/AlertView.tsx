"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { AlertDetail } from "@/components/data/outputs";
import { useTRPC } from "@/components/data/trpc";
import { EmptyState } from "@/components/ui/EmptyState";
import { AlertChart } from "./AlertChart";
import { AlertHeader } from "./AlertHeader";
import { headOf } from "./alert-title";
import { BeforeCard } from "./BeforeCard";
import { EarlierCard } from "./EarlierCard";
import { RuleCard } from "./RuleCard";
import { Timeline } from "./Timeline";
import { WhyCard } from "./WhyCard";

/** How its value goes on, while it fires. */
const REREAD_MS = 10_000;

/** The page of one alert: why it is red, since when, and what happened around it. */
export function AlertView({ id }: { id: string }) {
  const trpc = useTRPC();
  const { data: detail } = useQuery(
    trpc.alerts.detail.queryOptions({ id }, { refetchInterval: ({ state }) => (state.data?.open ? REREAD_MS : false) }),
  );
  if (!detail) return <EmptyState icon="alerts" title="This alert is not there any more" />;
  return <Filled id={id} detail={detail} />;
}

function Filled({ id, detail }: { id: string; detail: AlertDetail }) {
  const [renderedAt] = useState(detail.at);
  const head = headOf(detail);
  if (!head) return null;
  return (
    <div className="flex flex-col gap-5">
      <AlertHeader detail={detail} head={head} renderedAt={renderedAt} />
      {/* In one column, the reason comes before what is around it. */}
      <div className="flex flex-col gap-4 xl:grid xl:grid-cols-[minmax(0,1fr)_minmax(0,26rem)] xl:items-start">
        <div className={COLUMN}>
          <div className="order-1 min-w-0">
            <AlertChart detail={detail} head={head} />
          </div>
          <WhyCard id={id} />
          <BeforeCard before={detail.before} />
          <EarlierCard detail={detail} head={head} />
        </div>
        <div className={COLUMN}>
          <RuleCard detail={detail} head={head} />
          <Timeline events={detail.timeline} />
        </div>
      </div>
    </div>
  );
}

const COLUMN = "contents min-w-0 xl:flex xl:flex-col xl:gap-4";
