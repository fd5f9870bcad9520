"use client";

import { useQuery } from "@tanstack/react-query";
import type { Me } from "@/components/data/outputs";
import { useTRPC } from "@/components/data/trpc";
import { may, type Permission, seesAll } from "./rights";

/** Who is signed in, and what that one may do and see. The layout brings it along. */
export function useMe(): { me: Me | undefined; may(permission: Permission): boolean; seesAll: boolean } {
  const trpc = useTRPC();
  const { data: me } = useQuery(trpc.account.me.queryOptions(undefined, { staleTime: Number.POSITIVE_INFINITY }));
  return { me, may: (permission) => may(me, permission), seesAll: seesAll(me) };
}
