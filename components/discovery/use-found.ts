"use client";

import { useIsMutating, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useMe } from "../account/use-me";
import type { Found, FoundService } from "../data/outputs";
import { useTRPC } from "../data/trpc";
import { useDrawn } from "../data/use-drawn";
import { useToast } from "../ui/Toast";

/** What was found on this machine, as the server last said. */
export function useFound(drawn?: Found): Found | undefined {
  const trpc = useTRPC();
  const { seesAll } = useMe();
  const { data } = useQuery(trpc.discovery.found.queryOptions(undefined, { enabled: seesAll }));
  return useDrawn(drawn, data);
}

/** Looks at this machine anew. Every part of a page that asks sees that it is being looked. */
export function useLook() {
  const trpc = useTRPC();
  const keep = useKeep();
  const toast = useToast();
  const look = useMutation(
    trpc.discovery.look.mutationOptions({
      onSuccess: keep,
      onError: ({ message }) => toast({ text: `This machine was not looked at: ${message}`, tone: "bad" }),
    }),
  );
  const looking = useIsMutating({ mutationKey: trpc.discovery.look.mutationKey() }) > 0;
  return { look: () => look.mutate(), looking };
}

/** Ignoring, with a way back, and taking back. What is done is seen at once. */
export function useDecisions() {
  const trpc = useTRPC();
  const keep = useKeep();
  const toast = useToast();
  const queryClient = useQueryClient();
  const [gone, setGone] = useState<ReadonlySet<string>>(new Set());
  const show = (key: string) => setGone((old) => new Set([...old].filter((one) => one !== key)));
  const failed =
    (what: string) =>
    (error: { message: string }, { key }: { key: string }) => {
      show(key);
      toast({ text: `${what}: ${error.message}`, tone: "bad" });
      void queryClient.invalidateQueries(trpc.discovery.found.queryFilter());
    };
  const takeBack = useMutation(
    trpc.discovery.takeBack.mutationOptions({
      onSuccess: (found, { key }) => {
        show(key);
        keep(found);
      },
      onError: failed("It was not taken back"),
    }),
  );
  const ignore = useMutation(
    trpc.discovery.ignore.mutationOptions({ onSuccess: keep, onError: failed("It was not ignored") }),
  );
  return {
    /** Ignored a moment ago: the server's answer is on its way. */
    gone,
    ignore({ key, pluginName, target }: FoundService) {
      setGone((old) => new Set([...old, key]));
      ignore.mutate({ key });
      const text = `${pluginName} at ${target} is ignored.`;
      toast({ text, action: { name: "Undo", run: () => takeBack.mutate({ key }) } });
    },
    takeBack: (key: string) => takeBack.mutate({ key }),
  };
}

/** The overview says nothing of services any more. */
export function useHideNotice(): () => void {
  const trpc = useTRPC();
  const hide = useMutation(trpc.discovery.hideNotice.mutationOptions({ onSuccess: useKeep() }));
  return () => hide.mutate();
}

/** Each of these answers with the list as it stands then. */
function useKeep(): (found: Found) => void {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  return (found) => void queryClient.setQueryData(trpc.discovery.found.queryKey(), found);
}
