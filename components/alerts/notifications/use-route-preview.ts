"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { RouteInput } from "@/components/data/outputs";
import { useTRPC } from "@/components/data/trpc";

/** While somebody types nothing is asked. */
const SETTLES_MS = 300;
const REREAD_MS = 10_000;

/** What the route would send of an open alert, or of an example. */
export function useRoutePreview(route: RouteInput | null, alert: string, event: "firing" | "resolved") {
  const trpc = useTRPC();
  const now = JSON.stringify({ route, event, ...(alert === "" ? {} : { alert }) });
  const [asked, setAsked] = useState(now);
  useEffect(() => {
    const timer = setTimeout(() => setAsked(now), SETTLES_MS);
    return () => clearTimeout(timer);
  }, [now]);
  const ask: { route: RouteInput | null; event: typeof event; alert?: string } = JSON.parse(asked);
  return useQuery({
    ...trpc.notifications.preview.queryOptions({ ...ask, route: ask.route ?? { name: "?" } }),
    enabled: ask.route !== null,
    placeholderData: keepPreviousData,
    refetchInterval: REREAD_MS,
    retry: false,
  });
}
