"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { PersonView } from "@/components/data/outputs";
import { useTRPC } from "@/components/data/trpc";
import { useToast } from "@/components/ui/Toast";

export function usePeopleRefresh(): () => Promise<void> {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  return () => queryClient.invalidateQueries(trpc.people.pathFilter());
}

/** What is done with somebody without a form. A message says how it ended. @param done a question that was asked is answered */
export function usePersonDeeds({ id, name, role, tags }: PersonView, done: () => void) {
  const trpc = useTRPC();
  const toast = useToast();
  const refresh = usePeopleRefresh();
  const told = <T>(say: (result: T) => string) => ({
    async onSuccess(result: T) {
      toast({ text: say(result) });
      done();
      await refresh();
    },
  });
  const update = useMutation(
    trpc.people.update.mutationOptions(
      told(({ disabled }) => (disabled ? `${name} may not sign in any more.` : `${name} may sign in again.`)),
    ),
  );
  const remove = useMutation(trpc.people.remove.mutationOptions(told(() => `${name} is deleted.`)));
  const reset = useMutation(
    trpc.people.resetFactors.mutationOptions(told(() => `${name} signs in with the password alone.`)),
  );
  const end = useMutation(
    trpc.people.endSessions.mutationOptions(
      told(({ ended }) => (ended === 0 ? `${name} was signed in nowhere.` : `${name} is signed out.`)),
    ),
  );
  const all = [update, remove, reset, end];
  return {
    busy: all.some(({ isPending }) => isPending),
    /** Of what was tried last. */
    error: all.find(({ isError }) => isError)?.error ?? null,
    forget: () => all.forEach((one) => void one.reset()),
    setDisabled: (disabled: boolean) =>
      update.mutate({ id, person: { name, role, tags: tags && [...tags], disabled } }),
    remove: () => remove.mutate({ id }),
    resetFactors: () => reset.mutate({ id }),
    endSessions: () => end.mutate({ id }),
  };
}
