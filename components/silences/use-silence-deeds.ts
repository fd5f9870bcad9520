"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { SilenceInput, SilenceView } from "@/components/data/outputs";
import { useTRPC } from "@/components/data/trpc";
import { useToast } from "@/components/ui/Toast";

const HOUR_MS = 3_600_000;

/** Lists of silences, and of the alerts that they mute. */
export function useSilenceRefresh(): () => Promise<void> {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  return async () => {
    await queryClient.invalidateQueries(trpc.silences.pathFilter());
    await queryClient.invalidateQueries(trpc.alerts.pathFilter());
  };
}

/** What is done with one on the list; what was done can be taken back. */
export function useSilenceDeeds(silence: SilenceView) {
  const trpc = useTRPC();
  const toast = useToast();
  const refresh = useSilenceRefresh();
  const failed = (error: { message: string }) => toast({ text: error.message, tone: "bad" });
  const update = useMutation(trpc.silences.update.mutationOptions({ onError: failed, onSuccess: refresh }));
  const create = useMutation(trpc.silences.create.mutationOptions({ onError: failed, onSuccess: refresh }));
  const draft = inputOf(silence);
  const end = useMutation(
    trpc.silences.end.mutationOptions({
      onError: failed,
      async onSuccess() {
        await refresh();
        toast({
          text: `${silence.name} has ended.`,
          action: { name: "Undo", run: () => update.mutate({ id: silence.id, silence: draft }) },
        });
      },
    }),
  );
  const remove = useMutation(
    trpc.silences.remove.mutationOptions({
      onError: failed,
      async onSuccess() {
        await refresh();
        const isKept = silence.state === "open" && silence.when.kind === "once";
        toast({
          text: isKept ? `${silence.name} has ended.` : `${silence.name} is removed.`,
          action: {
            name: "Undo",
            run: () => (isKept ? update.mutate({ id: silence.id, silence: draft }) : create.mutate(draft)),
          },
        });
      },
    }),
  );
  const { when } = draft;
  return {
    busy: end.isPending || update.isPending,
    end: () => end.mutate({ id: silence.id }),
    remove: () => remove.mutate({ id: silence.id }),
    extend: () => {
      if (when.kind === "once")
        update.mutate({ id: silence.id, silence: { ...draft, when: { ...when, to: when.to + HOUR_MS } } });
    },
  };
}

function inputOf({ kind, name, matchers, when, note, pausesCollection }: SilenceView): SilenceInput {
  return { kind, name, matchers, when, note, pausesCollection };
}
