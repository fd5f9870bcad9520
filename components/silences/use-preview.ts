"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { SilencePreview } from "@/components/data/outputs";
import { useTRPC } from "@/components/data/trpc";
import { serverNow } from "@/components/ui/use-now";
import { matchersOf, type SilenceDraft, whenOf } from "./silence-draft";

/** Somebody types. */
const WAIT_MS = 250;

export interface PreviewState {
  readonly data: SilencePreview | undefined;
  readonly error: string | null;
  /** All that is needed is there; whether it makes sense, the preview says. */
  readonly isComplete: boolean;
}

/** What the draft would do, as the server sees it. */
export function usePreview(draft: SilenceDraft): PreviewState {
  const trpc = useTRPC();
  const when = whenOf(draft, serverNow());
  const now = JSON.stringify({ matchers: matchersOf(draft), when });
  const [asked, setAsked] = useState(now);
  useEffect(() => {
    const timer = setTimeout(() => setAsked(now), WAIT_MS);
    return () => clearTimeout(timer);
  }, [now]);
  const query = useQuery(
    trpc.silences.preview.queryOptions(JSON.parse(asked), { placeholderData: keepPreviousData, staleTime: 5_000 }),
  );
  return { data: query.data, error: query.error?.message ?? null, isComplete: when !== null };
}
