"use client";

import { useQuery } from "@tanstack/react-query";
import { useCallback } from "react";
import type { InstanceSummary } from "@/components/data/outputs";
import { useTRPC } from "@/components/data/trpc";
import { titleOf } from "@/components/instance/instance-title";

/** Live messages change states every second; names only change with instances. */
const selectNames = (instances: readonly InstanceSummary[]) =>
  Object.fromEntries(instances.map((instance) => [instance.id, titleOf(instance)]));

/** What an instance is called in lists, by its id. The function stays the same while the names do. */
export function useInstanceName(): (id: string) => string {
  const trpc = useTRPC();
  const { data: names } = useQuery({ ...trpc.plugins.instances.queryOptions(), select: selectNames });
  return useCallback((id: string) => names?.[id] ?? "an instance that was removed", [names]);
}
