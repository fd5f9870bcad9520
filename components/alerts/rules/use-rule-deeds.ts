"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { OverrideView, RuleSummary, RuleView } from "@/components/data/outputs";
import { useTRPC } from "@/components/data/trpc";
import { useToast } from "@/components/ui/Toast";
import { type OverrideChange, switchRule } from "./rule-switch";

/** A rule without what the server gives it. */
function draftOf({ id: _, origin: __, ...draft }: RuleView) {
  return draft;
}

/** What is done about rules and overrides without a form. After each, everything about alerts is read anew. */
export function useRuleDeeds() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const toast = useToast();
  const told = {
    onSuccess: () => queryClient.invalidateQueries({ queryKey: trpc.alerts.pathKey() }),
    onError: (error: { message: string }) => toast({ tone: "bad", text: error.message }),
  };
  const update = useMutation(trpc.alerts.rule.update.mutationOptions(told));
  const create = useMutation(trpc.alerts.override.create.mutationOptions(told));
  const change = useMutation(trpc.alerts.override.update.mutationOptions(told));
  const remove = useMutation(trpc.alerts.override.remove.mutationOptions(told));

  async function apply(deed: OverrideChange): Promise<void> {
    if (deed.kind === "create") await create.mutateAsync(deed.override);
    else if (deed.kind === "update") await change.mutateAsync({ id: deed.id, override: deed.override });
    else await remove.mutateAsync({ id: deed.id });
  }

  return {
    busy: [update, create, change, remove].some(({ isPending }) => isPending),
    /** The mutations have said what went wrong. */
    apply: (deed: OverrideChange) => void apply(deed).catch(() => undefined),
    turn(summary: RuleSummary, overrides: readonly OverrideView[], on: boolean): void {
      const { rule } = summary;
      const deed = rule.origin === "plugin" ? switchRule(summary, overrides, on) : null;
      if (deed) void apply(deed).catch(() => undefined);
      else if (rule.origin !== "plugin") update.mutate({ id: rule.id, rule: { ...draftOf(rule), enabled: on } });
    },
  };
}
