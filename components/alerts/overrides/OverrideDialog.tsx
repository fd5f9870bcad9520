"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { refusalOf } from "@/components/catalogue/refusal";
import type { MetricUnits, OverrideScope, OverrideView, RuleView } from "@/components/data/outputs";
import { useTRPC } from "@/components/data/trpc";
import { Button } from "@/components/ui/Button";
import { Dialog } from "@/components/ui/Dialog";
import { ErrorState } from "@/components/ui/ErrorState";
import { useToast } from "@/components/ui/Toast";
import { OverrideFields } from "./OverrideFields";
import {
  type OverrideForm,
  type OverrideProblems,
  overrideFormOf,
  readOverrideForm,
  unitOfLimit,
} from "./override-form";

/** What the dialog begins with: an override that is there, or a place for a new one. */
export interface OverrideTarget {
  readonly rule: RuleView;
  readonly units: MetricUnits;
  /** Of a rule that is a plugin's own. */
  readonly plugin: string | null;
  readonly scope: OverrideScope;
  readonly set?: OverrideView["set"];
  readonly override?: OverrideView;
}

interface Props {
  readonly target: OverrideTarget;
  close(): void;
}

/** Changes a rule for a part of what it watches. What is left empty stays as it is. */
export function OverrideDialog({ target, close }: Props) {
  const { rule, units, override } = target;
  const unit = unitOfLimit(rule, units) ?? "count";
  const [form, setForm] = useState(() =>
    overrideFormOf(override?.scope ?? target.scope, override?.set ?? target.set ?? {}, {
      unit,
      note: override?.note ?? "",
    }),
  );
  const [problems, setProblems] = useState<OverrideProblems>({});
  const [fault, setFault] = useState<string | null>(null);
  const box = useRef<HTMLFormElement>(null);
  const { save, remove, busy } = useOverrideSave(override?.id, { done: close, refused: setFault });
  const trpc = useTRPC();
  const { data: instances = [] } = useQuery(trpc.plugins.instances.queryOptions());

  function change(part: Partial<OverrideForm>) {
    setForm((old) => ({ ...old, ...part }));
    setFault(null);
    setProblems((old) => Object.fromEntries(Object.entries(old).filter(([key]) => !(key in part) && key !== "set")));
  }
  function submit() {
    const read = readOverrideForm(form, { rule, unit });
    if (read.ok) return save(read.override);
    setProblems(read.problems);
    requestAnimationFrame(() => box.current?.querySelector<HTMLElement>("[aria-invalid=true], [data-fault]")?.focus());
  }

  return (
    <Dialog
      open
      onOpenChange={(open) => (open ? undefined : close())}
      title={`${override ? "Change of" : "Change"} ${rule.name}`}
      description="What is left empty stays as it is. The more specific place wins."
      footer={
        <>
          {override ? (
            <Button variant="danger" className="me-auto" disabled={busy} onClick={remove}>
              Reset
            </Button>
          ) : null}
          <Button onClick={close}>Cancel</Button>
          <Button variant="primary" busy={busy} onClick={submit}>
            Save
          </Button>
        </>
      }
    >
      <form
        ref={box}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
        className="flex flex-col gap-4"
      >
        {fault || problems.set ? (
          <div data-fault tabIndex={-1}>
            <ErrorState title="Not saved" message={fault ?? problems.set} />
          </div>
        ) : null}
        <OverrideFields {...{ target, form, problems, instances, unit, change }} />
        {/* Enter in a field saves. */}
        <button type="submit" className="sr-only" tabIndex={-1} aria-hidden="true">
          Save
        </button>
      </form>
    </Dialog>
  );
}

function useOverrideSave(
  id: string | undefined,
  told: { done(): void; refused(message: string): void },
): { save(override: Omit<OverrideView, "id">): void; remove(): void; busy: boolean } {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const toast = useToast();
  const done = (text: string) => ({
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: trpc.alerts.pathKey() });
      toast({ text });
      told.done();
    },
    onError: (error: unknown) => told.refused(refusalOf(error).message),
  });
  const create = useMutation(trpc.alerts.override.create.mutationOptions(done("The change is saved.")));
  const update = useMutation(trpc.alerts.override.update.mutationOptions(done("The change is saved.")));
  const reset = useMutation(trpc.alerts.override.remove.mutationOptions(done("It is as it was before.")));
  return {
    save: (override) => (id === undefined ? create.mutate(override) : update.mutate({ id, override })),
    remove: () => (id === undefined ? undefined : reset.mutate({ id })),
    busy: create.isPending || update.isPending || reset.isPending,
  };
}
