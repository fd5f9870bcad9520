"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useEffect, useRef, useState } from "react";
import type { InstanceDetail, PluginDetail, Proposal, Rule } from "../data/outputs";
import { useTRPC } from "../data/trpc";
import { FoundNote } from "../discovery/FoundNote";
import { asText } from "../form/values";
import { Button } from "../ui/Button";
import { ErrorState } from "../ui/ErrorState";
import { Kbd } from "../ui/Kbd";
import { useToast } from "../ui/Toast";
import { useSaveKey } from "../ui/use-save-key";
import { AlertsCard, MetricsCard } from "./AboutCards";
import { DeleteInstance } from "./DeleteInstance";
import { InstanceFields } from "./InstanceFields";
import { LeaveDialog } from "./LeaveDialog";
import { PushCard } from "./PushCard";
import { refusalOf } from "./refusal";
import { suspectOf } from "./suspect";
import { TestPanel } from "./TestPanel";
import { useConnectionTest } from "./use-connection-test";
import { useInstanceForm } from "./use-instance-form";
import { useLeaveGuard } from "./use-leave-guard";

interface Props {
  readonly plugin: PluginDetail;
  /** The one to change; without it, a new one is made. */
  readonly instance?: InstanceDetail;
  /** What was found on this machine: a new one begins with it. */
  readonly proposal?: Proposal | undefined;
  /** The rules that watch it now. Default: those of a fresh instance. */
  readonly rules?: readonly Rule[];
}

/** Left the form, right what will come back. One button saves. */
export function InstanceEditor({ plugin, instance, proposal, rules: current = plugin.rules }: Props) {
  const form = useInstanceForm(plugin, instance ?? proposal);
  const test = useConnectionTest();
  const [tested, setTested] = useState("");
  const [saved, setSaved] = useState(false);
  const guard = useLeaveGuard(form.dirty && !saved);
  const { save, saving } = useSave(instance, {
    saved: () => {
      guard.allow();
      setSaved(true);
    },
    refused: (error) => form.refuse(refusalOf(error)),
  });

  const panel = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // What must be filled in is what the viewer came for. On a touch screen the keyboard would cover the page.
    if (!instance && matchMedia("(pointer: fine)").matches)
      form.form.current?.querySelector<HTMLElement>("[required]")?.focus({ preventScroll: true });
  }, [instance, form.form]);

  async function runTest() {
    const input = form.check();
    if (!input) return;
    setTested(JSON.stringify(form.draft));
    // On a narrow screen it stands below the form.
    if (!matchMedia("(min-width: 64rem)").matches) panel.current?.scrollIntoView({ behavior: "smooth" });
    const end = await test.start(instance ? { ...input, id: instance.id } : input);
    if (end?.phase === "refused") form.refuse(end.refusal);
    else if (end) form.mark(suspectOf(form.fields, end.result));
  }
  function submit() {
    const input = saving ? undefined : form.check();
    if (input) save(input);
  }
  useSaveKey(submit);
  const rules = test.state.phase === "done" ? test.state.result.rules : current;

  return (
    <form
      ref={form.form}
      noValidate
      aria-label={instance ? `Settings of ${instance.name}` : `Add ${plugin.name}`}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
      className="grid grid-cols-1 items-start gap-4 lg:grid-cols-[minmax(0,1fr)_minmax(0,26rem)] xl:grid-cols-[minmax(0,1fr)_minmax(0,32rem)]"
    >
      <div className="flex min-w-0 flex-col gap-4">
        {form.fault ? (
          <div data-fault tabIndex={-1}>
            <ErrorState title={instance ? "Not saved" : "Not added"} message={form.fault} />
          </div>
        ) : null}
        {proposal ? <FoundNote proposal={proposal} /> : null}
        <InstanceFields plugin={plugin} form={form} />
        <div className="sticky bottom-[calc(56px+env(safe-area-inset-bottom))] z-10 -mx-3 flex items-center gap-2 border-t border-line bg-bg px-3 py-3 sm:bottom-0 sm:mx-0 sm:px-0">
          <Button type="submit" variant="primary" busy={saving} icon={instance ? "check" : "plus"}>
            {instance ? "Save" : `Add ${plugin.name}`}
          </Button>
          {plugin.told ? null : (
            <Button className="lg:hidden" busy={test.state.phase === "running"} onClick={runTest}>
              Test
            </Button>
          )}
          <span className="flex items-center gap-1 max-sm:hidden pointer-coarse:hidden">
            <Kbd>Ctrl</Kbd>
            <Kbd>Enter</Kbd>
          </span>
          {instance ? (
            <span className="ml-auto">
              <DeleteInstance instance={instance} />
            </span>
          ) : null}
        </div>
      </div>
      <div
        ref={panel}
        className="flex min-w-0 scroll-mt-[calc(var(--bar)+12px)] scroll-mb-40 flex-col gap-4 lg:sticky lg:top-[calc(var(--bar)+20px)] lg:max-h-[calc(100dvh-var(--bar)-40px)] lg:overflow-y-auto"
      >
        {plugin.told ? (
          <PushCard name={asText(form.draft.values.token).trim() || form.draft.name.trim()} />
        ) : (
          <TestPanel
            plugin={plugin}
            state={test.state}
            outdated={tested !== JSON.stringify(form.draft)}
            onTest={runTest}
            onCancel={test.cancel}
          />
        )}
        <AlertsCard rules={rules} name={form.draft.name.trim() || form.suggested} />
        <MetricsCard plugin={plugin} />
      </div>
      <LeaveDialog leaving={guard.leaving} stay={guard.stay} />
    </form>
  );
}

type Input = NonNullable<ReturnType<ReturnType<typeof useInstanceForm>["check"]>>;

function useSave(
  instance: InstanceDetail | undefined,
  told: { saved(): void; refused(error: unknown): void },
): { save(input: Input): void; saving: boolean } {
  const trpc = useTRPC();
  const router = useRouter();
  const queryClient = useQueryClient();
  const toast = useToast();
  const done = {
    onError: told.refused,
    onSuccess: ({ id, name }: { id: string; name: string }) => {
      told.saved();
      // Lists, the overview and the instance itself know it by now.
      void queryClient.invalidateQueries({ queryKey: trpc.plugins.pathKey() });
      toast({ text: instance ? `"${name}" is saved.` : `"${name}" is being watched.` });
      router.push(`/instances/${id}`);
    },
  };
  const create = useMutation(trpc.plugins.create.mutationOptions(done));
  const update = useMutation(trpc.plugins.update.mutationOptions(done));
  return {
    // After success the page is about to leave: it must not be saved twice.
    saving: create.isPending || update.isPending || create.isSuccess || update.isSuccess,
    save: ({ plugin, ...change }) =>
      instance ? update.mutate({ id: instance.id, ...change }) : create.mutate({ plugin, ...change }),
  };
}
