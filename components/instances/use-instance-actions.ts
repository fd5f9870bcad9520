"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import type { InstanceSummary } from "@/components/data/outputs";
import { useTRPC } from "@/components/data/trpc";
import { useToast } from "@/components/ui/Toast";

export interface InstanceActions {
  runNow(instance: InstanceSummary): void;
  setEnabled(instance: InstanceSummary, enabled: boolean): void;
  /** A row's menu could not be loaded. */
  menuFailed(): void;
}

/** What a list does with its instances: one set for all rows. A toast says how it ended. */
export function useInstanceActions(): InstanceActions {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const toast = useToast();
  const onError = (error: { message: string }) => toast({ tone: "bad", text: error.message });
  const { mutate: run } = useMutation(trpc.plugins.runNow.mutationOptions({ onError }));
  const { mutate: update } = useMutation(
    trpc.plugins.update.mutationOptions({
      onError,
      onSuccess: (summary) => {
        queryClient.setQueryData(trpc.plugins.instances.queryKey(), (old) =>
          old?.map((instance) => (instance.id === summary.id ? summary : instance)),
        );
        void queryClient.invalidateQueries(trpc.plugins.pathFilter());
      },
    }),
  );
  return useMemo(
    () => ({
      runNow: ({ id, name }) => run({ id }, { onSuccess: () => toast({ text: `${name} runs now` }) }),
      setEnabled: ({ id, name }, enabled) =>
        update(
          { id, enabled },
          { onSuccess: () => toast({ text: enabled ? `${name} is collected again` : `${name} is paused` }) },
        ),
      menuFailed: () =>
        toast({ text: "The menu could not be loaded: Unity does not answer. Try again when it does.", tone: "bad" }),
    }),
    [run, update, toast],
  );
}
