"use client";

import { useQuery } from "@tanstack/react-query";
import { useOpenAlerts } from "@/components/alerts/use-open-alerts";
import type { OpenAlert, Overview as OverviewData } from "@/components/data/outputs";
import { useTRPC } from "@/components/data/trpc";
import { useDrawn } from "@/components/data/use-drawn";
import { Button } from "@/components/ui/Button";
import { ErrorState } from "@/components/ui/ErrorState";
import { FilledOverview } from "./FilledOverview";
import { NoInstances } from "./NoInstances";
import { OverviewSkeleton } from "./OverviewSkeleton";
import { rereadMs } from "./settling";
import type { View } from "./view";

interface Props {
  /** What the server draws; absent where it could not read it in time. */
  readonly drawn: OverviewData | undefined;
  readonly drawnAlerts: readonly OpenAlert[] | undefined;
  readonly initialView: View;
}

const NO_ALERTS: readonly OpenAlert[] = [];

/** The first page. It comes with its data in the HTML; live messages change what they speak of. */
export function Overview({ drawn, drawnAlerts, initialView }: Props) {
  const trpc = useTRPC();
  const {
    data: cached,
    error,
    refetch,
  } = useQuery({
    ...trpc.plugins.overview.queryOptions(),
    refetchInterval: ({ state }) => rereadMs(state.data),
  });
  const data = useDrawn(drawn, cached);
  const { data: open } = useOpenAlerts();
  const alerts = useDrawn(drawnAlerts, open) ?? NO_ALERTS;
  if (data) {
    return data.instances.length === 0 ? (
      <NoInstances />
    ) : (
      <FilledOverview overview={data} alerts={alerts} initialView={initialView} />
    );
  }
  if (!error) return <OverviewSkeleton />;
  return (
    <ErrorState
      layout="block"
      title="The overview could not be read"
      message={error.message}
      hint="Unity may be starting or stopping. Its log says more."
      action={<Button onClick={() => void refetch()}>Try again</Button>}
    />
  );
}
