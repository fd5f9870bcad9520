"use client";

import { useMutation } from "@tanstack/react-query";
import { useTRPC } from "@/components/data/trpc";
import { useToast } from "@/components/ui/Toast";
import type { Deed } from "./commands";
import { setTheme } from "./theme";

/** Does what a command stands for, and says how it went where that cannot be seen. */
export function useDeeds({ go, onKeys }: { go(href: string): void; onKeys(): void }): (deed: Deed) => void {
  const trpc = useTRPC();
  const toast = useToast();
  const { mutate } = useMutation(trpc.plugins.runNow.mutationOptions());
  return (deed) => {
    switch (deed.kind) {
      case "go":
        return go(deed.href);
      case "theme":
        return setTheme(deed.theme);
      case "keys":
        return onKeys();
      case "run":
        return mutate(
          { id: deed.id },
          {
            onSuccess: () => toast({ text: `${deed.name} is being collected.` }),
            onError: (error) => toast({ text: `${deed.name} was not collected: ${error.message}`, tone: "bad" }),
          },
        );
      default:
        return deed satisfies never;
    }
  };
}
