"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { type FormEvent, useId, useState } from "react";
import type { SilenceMatcher, SilenceView } from "@/components/data/outputs";
import { useTRPC } from "@/components/data/trpc";
import { SwitchField } from "@/components/form/SwitchField";
import { Button } from "@/components/ui/Button";
import { Dialog } from "@/components/ui/Dialog";
import { ErrorState } from "@/components/ui/ErrorState";
import { Segmented } from "@/components/ui/Segmented";
import { TextArea } from "@/components/ui/TextArea";
import { TextField } from "@/components/ui/TextField";
import { useToast } from "@/components/ui/Toast";
import { serverNow } from "@/components/ui/use-now";
import { MatcherRows } from "./MatcherRows";
import { Preview } from "./Preview";
import { draftOf, matchersOf, nameOf, newDraft, type SilenceDraft, whenOf } from "./silence-draft";
import { matchersWords } from "./silence-words";
import { usePreview } from "./use-preview";
import { useSilenceRefresh } from "./use-silence-deeds";
import { useViewerZone } from "./use-viewer-zone";
import { WhenFields } from "./WhenFields";

interface Props {
  readonly start:
    | { readonly silence: SilenceView }
    | { readonly kind: SilenceDraft["kind"]; readonly matchers: readonly SilenceMatcher[] };
  onClose(): void;
}

/** Who is not told, when, and what that does, before it is saved. */
export function SilenceEditor({ start, onClose }: Props) {
  const form = useId();
  const zone = useViewerZone();
  const [draft, setDraft] = useState(() =>
    "silence" in start
      ? draftOf(start.silence, serverNow(), zone)
      : newDraft(start.kind, { now: serverNow(), timeZone: zone, matchers: start.matchers }),
  );
  const set = (change: Partial<SilenceDraft>) => setDraft((old) => ({ ...old, ...change }));
  const words = useWords(draft);
  // What is over is used again as a new one.
  const id = "silence" in start && start.silence.state !== "over" ? start.silence.id : undefined;
  const { save, saving, error } = useSave(id, onClose);
  const preview = usePreview(draft);
  const isMaintenance = draft.kind === "maintenance";
  const canSave = preview.isComplete && !preview.data?.problem;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const when = whenOf(draft, serverNow());
    if (!canSave || !when) return;
    const { kind, note } = draft;
    const pausesCollection = isMaintenance && draft.pausesCollection;
    save({ kind, name: nameOf(draft, words), matchers: matchersOf(draft), when, note, pausesCollection });
  };
  return (
    <Dialog
      open
      width="wide"
      title={id === undefined ? (isMaintenance ? "Plan maintenance" : "New silence") : `Edit ${draft.name}`}
      description="Alerts are evaluated and remembered all the same; only nobody is told."
      onOpenChange={onClose}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={form} variant="primary" busy={saving} disabled={!canSave}>
            {id !== undefined ? "Save" : isMaintenance ? "Plan" : "Silence"}
          </Button>
        </>
      }
    >
      <div className="grid gap-x-6 gap-y-5 pt-1 md:grid-cols-[minmax(0,1fr)_260px]">
        <form id={form} onSubmit={submit} className="flex min-w-0 flex-col gap-5">
          <MatcherRows matchers={draft.matchers} onChange={(matchers) => set({ matchers })} />
          <fieldset className="flex min-w-0 flex-col gap-3">
            <legend className="mb-2 text-sm font-medium">When</legend>
            <div>
              <Segmented
                label="How often"
                value={draft.repeats ? "again" : "once"}
                options={[
                  { value: "once", name: "Once" },
                  { value: "again", name: "Again and again" },
                ]}
                onChange={(often) => set({ repeats: often === "again" })}
              />
            </div>
            <WhenFields draft={draft} problem={preview.data?.problem ?? null} onChange={set} />
          </fieldset>
          <TextField
            label="Name"
            value={draft.name}
            placeholder={words}
            maxLength={191}
            hasDefault
            onChange={(name) => set({ name })}
          />
          <TextArea label="Note" rows={2} value={draft.note} onChange={(note) => set({ note })} />
          {isMaintenance ? (
            <SwitchField
              label="Do not ask what is being worked on"
              hint="Nothing is collected from the hosts, plugins, tags or instances above meanwhile: the charts have a gap."
              checked={draft.pausesCollection}
              onChange={(pausesCollection) => set({ pausesCollection })}
            />
          ) : null}
          {error ? <ErrorState title="This could not be saved" message={error} /> : null}
        </form>
        <Preview draft={draft} preview={preview} />
      </div>
    </Dialog>
  );
}

/** What is silenced, in words: a name for what has none. */
function useWords(draft: SilenceDraft): string {
  const trpc = useTRPC();
  const instances = useQuery(trpc.plugins.instances.queryOptions());
  const nameOfInstance = (id: string) => instances.data?.find((one) => one.id === id)?.name;
  return matchersWords(matchersOf(draft), nameOfInstance);
}

function useSave(id: string | undefined, onClose: () => void) {
  const trpc = useTRPC();
  const toast = useToast();
  const refresh = useSilenceRefresh();
  const done = async ({ name, state }: SilenceView) => {
    onClose();
    toast({ text: state === "open" ? `${name} is silent now.` : `${name} is planned.` });
    await refresh();
  };
  const create = useMutation(trpc.silences.create.mutationOptions({ onSuccess: done }));
  const update = useMutation(trpc.silences.update.mutationOptions({ onSuccess: done }));
  return {
    save: (silence: Parameters<typeof create.mutate>[0]) =>
      id === undefined ? create.mutate(silence) : update.mutate({ id, silence }),
    saving: create.isPending || update.isPending,
    error: (create.error ?? update.error)?.message,
  };
}
