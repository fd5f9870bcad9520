"use client";

import { useQuery } from "@tanstack/react-query";
import type { Me } from "@/components/data/outputs";
import { useTRPC } from "@/components/data/trpc";

/** Who is signed in, and what that one may do. The layout brings it along. */
export function useMe(): { me: Me | undefined; may(permission: Me["permissions"][number]): boolean } {
  const trpc = useTRPC();
  const { data: me } = useQuery(trpc.account.me.queryOptions(undefined, { staleTime: Number.POSITIVE_INFINITY }));
  return { me, may: (permission) => me?.permissions.includes(permission) ?? false };
}
