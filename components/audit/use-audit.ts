"use client";

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTRPC } from "@/components/data/trpc";
import { useAddressFilter } from "@/components/data/use-address-filter";
import { type AuditFilter, auditFilterParams, auditInput, parseAuditFilter } from "./audit-filter";

const IN_ADDRESS = { parse: parseAuditFilter, write: auditFilterParams };
export const useAuditFilter = () => useAddressFilter(IN_ADDRESS);

/** Deeds, newest first, a page at a time. @param renderedAt what the server took for now. Epoch milliseconds */
export function useAudit(filter: AuditFilter, renderedAt: number) {
  const trpc = useTRPC();
  const input = useMemo(() => auditInput(filter, renderedAt), [filter, renderedAt]);
  const query = useInfiniteQuery(
    trpc.audit.list.infiniteQueryOptions(input, {
      getNextPageParam: ({ next }) => next ?? undefined,
      placeholderData: keepPreviousData,
    }),
  );
  const lines = useMemo(() => query.data?.pages.flatMap(({ entries }) => entries) ?? [], [query.data]);
  return { ...query, lines };
}
