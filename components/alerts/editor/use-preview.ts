"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { RuleDraftInput } from "@/components/data/outputs";
import { useTRPC, useTRPCClient } from "@/components/data/trpc";
import type { ReadRule } from "./rule-form";

/** While somebody types nothing is asked. */
const SETTLES_MS = 400;
/** Trying a month costs the server a second or two. */
const BACKTEST_SETTLES_MS = 1_200;
const REREAD_MS = 15_000;
const BACKTEST_DAYS = 30;

/** What a draft looks at now, read again while it is on show. @param id of a rule that is there: its overrides count */
export function usePreview(watched: ReadRule["watched"], id: string | undefined) {
  const client = useTRPCClient();
  const trpc = useTRPC();
  const asked = useSettled(watched, SETTLES_MS);
  return useQuery({
    queryKey: [...trpc.alerts.rule.preview.mutationKey(), "live", asked, id],
    queryFn: ({ signal }) => {
      if (!asked) throw new Error("There is nothing to look at yet.");
      const { scope, parts, join } = asked;
      return client.alerts.rule.preview.mutate({ id, scope, parts, join }, { signal });
    },
    enabled: asked !== null,
    refetchInterval: REREAD_MS,
    staleTime: REREAD_MS,
    placeholderData: keepPreviousData,
  });
}

/** How often a draft would have fired in the last 30 days. */
export function useBacktest(draft: RuleDraftInput | null, id: string | undefined) {
  const client = useTRPCClient();
  const trpc = useTRPC();
  // What it says changes nothing about when it would have said it.
  const asked = useSettled(draft && { ...draft, name: "r", summary: "r", note: "", runbook: "" }, BACKTEST_SETTLES_MS);
  return useQuery({
    queryKey: [...trpc.alerts.backtest.mutationKey(), asked, id],
    queryFn: ({ signal }) => {
      if (!asked) throw new Error("There is nothing to try yet.");
      return client.alerts.backtest.mutate({ rule: { ...asked, enabled: true }, id, days: BACKTEST_DAYS }, { signal });
    },
    enabled: asked !== null,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
}

/** The value once it has stayed the same for a while. */
function useSettled<T>(value: T, ms: number): T {
  const key = JSON.stringify(value);
  const [settled, setSettled] = useState({ key, value });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the value.
  useEffect(() => {
    if (key === settled.key) return;
    const timer = setTimeout(() => setSettled({ key, value }), ms);
    return () => clearTimeout(timer);
  }, [key, settled.key, ms]);
  return settled.value;
}
