"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { refusalOf } from "@/components/catalogue/refusal";
import type { NotifySettings } from "@/components/data/outputs";
import { useTRPC } from "@/components/data/trpc";
import { useToast } from "@/components/ui/Toast";
import { useSaveKey } from "@/components/ui/use-save-key";

interface Options<T> {
  /** As it stands now. */
  readonly stored: T;
  /** What is set when it is saved. */
  merge(form: T, now: NotifySettings): NotifySettings;
  /** What is wrong that can be told without the server, by its field. */
  check?(form: T): Readonly<Record<string, string>>;
}

/** For `check`: nothing where nothing is wrong. */
export const problemAt = (field: string, problem: string | null): Readonly<Record<string, string>> =>
  problem === null ? {} : { [field]: problem };

/** A part of the settings as a form of its own: what is typed, what is wrong, and saving it without touching the rest. */
export function useNotifySettings<T>({ stored, merge, check }: Options<T>) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const toast = useToast();
  const [typed, setTyped] = useState<T | null>(null);
  // Fields keep what was typed, also where it is no number: discarding makes them anew.
  const [discarded, setDiscarded] = useState(0);
  const [problems, setProblems] = useState<Readonly<Record<string, string>>>({});
  const form = typed ?? stored;
  const changed = JSON.stringify(form) !== JSON.stringify(stored);
  const set = useMutation(trpc.notifications.setSettings.mutationOptions());
  const save = useMutation({
    async mutationFn() {
      const now = await queryClient.fetchQuery({ ...trpc.notifications.settings.queryOptions(), staleTime: 0 });
      return set.mutateAsync(merge(form, now.settings));
    },
    onError(error) {
      const { message, field } = refusalOf(error);
      setProblems({ [field ?? ""]: message });
    },
    async onSuccess(settings) {
      queryClient.setQueryData(trpc.notifications.settings.queryKey(), (old) => old && { ...old, settings });
      setTyped(null);
      toast({ text: "Saved." });
      await queryClient.invalidateQueries(trpc.notifications.settings.queryFilter());
    },
  });
  function submit() {
    if (!changed || save.isPending) return;
    const found = check?.(form) ?? {};
    setProblems(found);
    if (Object.keys(found).length === 0) save.mutate();
  }
  useSaveKey(submit);
  return {
    form,
    changed,
    problems,
    /** What is wrong with no field in particular. */
    fault: problems[""] ?? null,
    saving: save.isPending,
    discarded,
    change(part: Partial<T>) {
      setTyped({ ...form, ...part });
      setProblems({});
    },
    discard() {
      setTyped(null);
      setProblems({});
      setDiscarded(discarded + 1);
    },
    submit,
  };
}
export type SettingsFormState = Pick<
  ReturnType<typeof useNotifySettings>,
  "changed" | "fault" | "saving" | "discard" | "submit"
>;
