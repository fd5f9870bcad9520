"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/data/trpc";
import { AlertGroups } from "./AlertGroups";
import { useOpenAlerts } from "./use-open-alerts";

/** What fires on one instance; nothing where nothing does. */
export function OpenOfInstance({ id, rendered }: { id: string; rendered: number }) {
  const trpc = useTRPC();
  const { data: open = [] } = useOpenAlerts();
  const { data: instances = [] } = useQuery(trpc.plugins.instances.queryOptions());
  const own = open.filter(({ instanceId }) => instanceId === id);
  return own.length === 0 ? null : <AlertGroups open={own} instances={instances} renderedAt={rendered} />;
}
