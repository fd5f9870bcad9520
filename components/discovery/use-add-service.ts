"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { failureTitle } from "../catalogue/failure-words";
import { refusalOf } from "../catalogue/refusal";
import type { FoundService } from "../data/outputs";
import { useTRPC, useTRPCClient } from "../data/trpc";
import { useToast } from "../ui/Toast";

export type Adding =
  | { readonly phase: "idle" | "testing" }
  | { readonly phase: "failed"; readonly title: string; readonly message: string };

/** Adds what was found with the settings that are proposed, if a test says that they work. */
export function useAddService(service: FoundService): { adding: Adding; add(): Promise<void> } {
  const client = useTRPCClient();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const router = useRouter();
  const toast = useToast();
  const [adding, setAdding] = useState<Adding>({ phase: "idle" });

  async function add(): Promise<void> {
    const { plugin, name, config, pluginName } = service;
    setAdding({ phase: "testing" });
    try {
      const { failure } = await client.plugins.test.mutate({ plugin, name, config });
      if (failure) return setAdding({ phase: "failed", title: failureTitle(failure.reason), message: failure.message });
      const { id } = await client.plugins.create.mutate({ plugin, name, config });
      toast({
        text: `${pluginName} "${name}" is being watched.`,
        action: { name: "Open", run: () => router.push(`/instances/${id}`) },
      });
      void queryClient.invalidateQueries({ queryKey: trpc.plugins.pathKey() });
      await queryClient.invalidateQueries(trpc.discovery.found.queryFilter());
    } catch (error) {
      setAdding({ phase: "failed", title: "It was not added", message: refusalOf(error).message });
    }
  }
  return { adding, add };
}
