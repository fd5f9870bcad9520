"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { RetentionState, Storage, StoragePlan } from "@/components/data/outputs";
import { useTRPC } from "@/components/data/trpc";
import { type ReadDraft, sameSettings } from "./retention-draft";

/** What the form's settings would come to: as it came with the page until something is changed, then asked for. */
export function usePlan({
  read,
  retention,
  stored,
}: {
  read: ReadDraft;
  retention: RetentionState;
  stored: Storage["stored"];
}): { data: StoragePlan | undefined; settings: RetentionState } {
  const trpc = useTRPC();
  const settings = read.ok ? read.settings : retention;
  const asStored = sameSettings(settings, retention);
  const asked = useQuery(
    trpc.storage.plan.queryOptions(settings, {
      enabled: !asStored && stored.answers,
      // The bars go from one plan to the next instead of away and back.
      placeholderData: keepPreviousData,
    }),
  );
  const known = stored.answers ? stored.plan : undefined;
  if (asStored) return { data: known, settings };
  return asked.data && !asked.isPlaceholderData
    ? { data: asked.data, settings }
    : { data: asked.data ?? known, settings: asked.data ? settings : retention };
}
