"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useMe } from "@/components/account/use-me";
import { useLive } from "@/components/data/live";
import type { StoreHealth } from "@/components/data/outputs";
import { useTRPC } from "@/components/data/trpc";
import { formatExact } from "@/components/format";
import { ErrorState } from "@/components/ui/ErrorState";
import { RelativeTime } from "@/components/ui/RelativeTime";

/** While samples wait, so that their number and the end of it are seen. */
const REREAD_MS = 2_000;

/** Says on every page that the database does not take samples, for as long as it does not. */
export function StoreNotice() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { listen } = useLive();
  const { seesAll } = useMe();
  const { data } = useQuery(
    trpc.storage.health.queryOptions(undefined, {
      enabled: seesAll,
      refetchInterval: ({ state }) => (state.data?.failing ? REREAD_MS : false),
    }),
  );
  useEffect(
    () =>
      listen(({ changed }) => {
        if (changed) void queryClient.invalidateQueries(trpc.storage.health.queryFilter());
      }),
    [listen, queryClient, trpc],
  );
  return data?.failing ? <Notice health={data} failing={data.failing} /> : null;
}

function Notice({ health, failing }: { health: StoreHealth; failing: NonNullable<StoreHealth["failing"]> }) {
  const { pending, spooled, mostPending, at } = health;
  const full = pending - spooled >= mostPending * 0.95;
  const wait = spooled > 0 ? "wait on Unity's own disk" : "wait";
  return (
    <ErrorState
      tone={full ? "bad" : "warn"}
      title="The database does not take samples"
      message={
        <span aria-live="off">
          It began <RelativeTime at={failing.since} now={at} />. The database says: {failing.message}
        </span>
      }
      // The number grows every other second: it is not to be read out each time.
      hint={
        <span aria-live="off">
          {full
            ? `${formatExact(pending)} samples wait, which is all that can. Newer ones are lost until the database answers.`
            : `${formatExact(pending)} samples ${wait} and are written by themselves when it does. Collecting goes on.`}
        </span>
      }
    />
  );
}
