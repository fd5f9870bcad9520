"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { useLive } from "../data/live";
import type { CatalogueEntry } from "../data/outputs";
import { useTRPC } from "../data/trpc";
import { useDrawn } from "../data/use-drawn";

/** A burst of news asks once. */
const SETTLES_MS = 500;

/** The catalogue, read again when an instance comes into another health: its plugin's card says so. */
export function useCatalogue(drawn: readonly CatalogueEntry[] | undefined): readonly CatalogueEntry[] {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { listen } = useLive();
  const { data } = useQuery(trpc.plugins.catalogue.queryOptions());
  const lastChange = useRef<number>(undefined);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = listen(({ at, statuses }) => {
      // What began before the first message is in what was read already.
      lastChange.current ??= at;
      const newest = Math.max(0, ...statuses.map(({ since }) => since));
      if (newest <= lastChange.current) return;
      lastChange.current = newest;
      clearTimeout(timer);
      timer = setTimeout(() => void queryClient.invalidateQueries(trpc.plugins.catalogue.queryFilter()), SETTLES_MS);
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [listen, queryClient, trpc]);
  return useDrawn(drawn, data) ?? [];
}
