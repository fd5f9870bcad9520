"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { LeaveDialog } from "@/components/catalogue/LeaveDialog";
import { refusalOf } from "@/components/catalogue/refusal";
import { useLeaveGuard } from "@/components/catalogue/use-leave-guard";
import type { RuleDraftInput, RuleSummary } from "@/components/data/outputs";
import { useTRPC } from "@/components/data/trpc";
import { Button } from "@/components/ui/Button";
import { ErrorState } from "@/components/ui/ErrorState";
import { Kbd } from "@/components/ui/Kbd";
import { Segmented } from "@/components/ui/Segmented";
import { useToast } from "@/components/ui/Toast";
import { useSaveKey } from "@/components/ui/use-save-key";
import { BehaviourCard } from "./BehaviourCard";
import { ConditionCard } from "./ConditionCard";
import { DeleteRule } from "./DeleteRule";
import { MessageCard } from "./MessageCard";
import { PreviewPanel } from "./PreviewPanel";
import { MOST_PARTS, type RuleForm, ruleFormOf } from "./rule-form";
import { ScopeCard } from "./ScopeCard";
import { Sentence } from "./Sentence";
import { placesOf, saidNow } from "./said-now";
import { TellCard } from "./TellCard";
import { useBacktest, usePreview } from "./use-preview";
import { useRuleForm } from "./use-rule-form";

interface Props {
  /** The one to change; without it, a new one is made. */
  readonly summary?: RuleSummary;
  /** What a new one begins with. */
  readonly beginning: RuleForm;
}

const JOINS = [
  { value: "all", name: "All of them" },
  { value: "any", name: "Any of them" },
] as const;

/** Left the form, right what the rule would do. The sentence that says it is always in sight. */
export function RuleEditor({ summary, beginning }: Props) {
  const id = summary?.rule.id;
  const [initial] = useState(() => (summary ? ruleFormOf(summary.rule, summary.units) : beginning));
  const state = useRuleForm(initial, summary?.units ?? {});
  const { form, problems, scope, metrics, units, suggested, change } = state;
  const preview = usePreview(state.watched, id);
  const backtest = useBacktest(state.draft, id);
  const [saved, setSaved] = useState(false);
  const guard = useLeaveGuard(state.dirty && !saved);
  const { save, saving } = useSave(id, {
    saved: () => {
      guard.allow();
      setSaved(true);
    },
    refused: (error) => state.refuse(refusalOf(error)),
  });
  function submit() {
    const draft = saving ? null : state.check();
    if (draft) save(draft);
  }
  useSaveKey(submit);
  return (
    <form
      ref={state.box}
      noValidate
      aria-label={summary ? `Rule ${summary.rule.name}` : "New rule"}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
      className="grid grid-cols-1 items-start gap-4 lg:grid-cols-[minmax(0,1fr)_minmax(0,26rem)] xl:grid-cols-[minmax(0,1fr)_minmax(0,34rem)]"
    >
      <div className="flex min-w-0 flex-col gap-4">
        {state.fault ? (
          <div data-fault tabIndex={-1}>
            <ErrorState title="Not saved" message={state.fault} />
          </div>
        ) : null}
        <ScopeCard form={form} problems={problems} change={change} />
        {form.parts.map((part, index) => (
          <ConditionCard
            // biome-ignore lint/suspicious/noArrayIndexKey: conditions have nothing else, and do not move.
            key={index}
            {...{ part, index, scope, units, metrics, problems }}
            of={form.parts.length}
            change={state.changePart}
            remove={state.removePart}
          />
        ))}
        <div className="flex flex-wrap items-center gap-3">
          {form.parts.length < MOST_PARTS ? (
            <Button icon="plus" onClick={state.addPart}>
              Add a condition
            </Button>
          ) : null}
          {form.parts.length > 1 ? (
            <span className="flex items-center gap-2 text-sm text-muted">
              It fires when
              <Segmented
                label="Conditions that must hold"
                value={form.join}
                options={JOINS}
                onChange={(join) => change({ join })}
              />
              hold
            </span>
          ) : null}
        </div>
        <BehaviourCard form={form} problems={problems} change={change} />
        <TellCard form={form} problems={problems} change={change} />
        <MessageCard
          {...{ form, problems, suggested, change }}
          places={placesOf(form, metrics)}
          said={saidNow(form.summary.trim() || suggested.summary, preview.data, {
            parts: state.watched?.parts ?? [],
            units,
          })}
        />
        <div className="sticky bottom-[calc(56px+env(safe-area-inset-bottom))] z-10 -mx-3 border-t border-line bg-bg px-3 py-3 sm:bottom-0 sm:mx-0 sm:px-0">
          <Sentence watched={state.watched} units={units} form={form} className="mb-2.5 lg:hidden" />
          <div className="flex items-center gap-2">
            <Button type="submit" variant="primary" busy={saving} icon={summary ? "check" : "plus"}>
              {summary ? "Save" : "Make rule"}
            </Button>
            <span className="flex items-center gap-1 max-sm:hidden pointer-coarse:hidden">
              <Kbd>Ctrl</Kbd>
              <Kbd>Enter</Kbd>
            </span>
            {summary ? (
              <span className="ml-auto">
                <DeleteRule rule={summary.rule} deleted={guard.allow} />
              </span>
            ) : null}
          </div>
        </div>
      </div>
      <div className="flex min-w-0 flex-col gap-4 lg:sticky lg:top-[calc(var(--bar)+20px)] lg:max-h-[calc(100dvh-var(--bar)-40px)] lg:overflow-y-auto">
        <Sentence watched={state.watched} units={units} form={form} carded className="max-lg:hidden" />
        <PreviewPanel state={state} preview={preview} backtest={backtest} />
      </div>
      <LeaveDialog leaving={guard.leaving} stay={guard.stay} />
    </form>
  );
}

function useSave(
  id: string | undefined,
  told: { saved(): void; refused(error: unknown): void },
): { save(rule: RuleDraftInput): void; saving: boolean } {
  const trpc = useTRPC();
  const router = useRouter();
  const queryClient = useQueryClient();
  const toast = useToast();
  const done = {
    onError: told.refused,
    onSuccess: ({ name, enabled }: { name: string; enabled: boolean }) => {
      told.saved();
      void queryClient.invalidateQueries({ queryKey: trpc.alerts.pathKey() });
      toast({ text: enabled ? `"${name}" watches from now on.` : `"${name}" is saved, and off.` });
      router.push("/alerts/rules");
    },
  };
  const create = useMutation(trpc.alerts.rule.create.mutationOptions(done));
  const update = useMutation(trpc.alerts.rule.update.mutationOptions(done));
  return {
    // After success the page is about to leave: it must not be saved twice.
    saving: create.isPending || update.isPending || create.isSuccess || update.isSuccess,
    save: (rule) => (id === undefined ? create.mutate(rule) : update.mutate({ id, rule })),
  };
}
