"use client";

import { useSignOut } from "@/components/account/use-sign-out";
import { useTRPCClient } from "@/components/data/trpc";
import { useToast } from "@/components/ui/Toast";
import type { Deed } from "./commands";
import { setTheme } from "./theme";

/** Does what a command stands for, and says how it went where that cannot be seen. */
export function useDeeds({ go, onKeys }: { go(href: string): void; onKeys(): void }): (deed: Deed) => void {
  const client = useTRPCClient();
  const toast = useToast();
  const signOut = useSignOut();
  // The palette is gone when the answer comes: a mutation of its own would tell nobody.
  const runNow = (id: string, name: string) =>
    client.plugins.runNow.mutate({ id }).then(
      () => toast({ text: `${name} is being collected.` }),
      (error: Error) => toast({ text: `${name} was not collected: ${error.message}`, tone: "bad" }),
    );
  return (deed) => {
    switch (deed.kind) {
      case "go":
        return go(deed.href);
      case "theme":
        return setTheme(deed.theme);
      case "sign out":
        return void signOut();
      case "keys":
        return onKeys();
      case "run":
        return void runNow(deed.id, deed.name);
      default:
        return deed satisfies never;
    }
  };
}
