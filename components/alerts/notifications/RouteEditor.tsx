"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { LeaveDialog } from "@/components/catalogue/LeaveDialog";
import { refusalOf } from "@/components/catalogue/refusal";
import { useLeaveGuard } from "@/components/catalogue/use-leave-guard";
import type { Route, RouteInput } from "@/components/data/outputs";
import { SwitchField } from "@/components/form/SwitchField";
import { Button } from "@/components/ui/Button";
import { Card } from "@/components/ui/Card";
import { ErrorState } from "@/components/ui/ErrorState";
import { Kbd } from "@/components/ui/Kbd";
import { TextField } from "@/components/ui/TextField";
import { useToast } from "@/components/ui/Toast";
import { useSaveKey } from "@/components/ui/use-save-key";
import { DeleteRoute } from "./DeleteRoute";
import { HowCard } from "./HowCard";
import { RoutePreviewCard } from "./RoutePreviewCard";
import { RouteSentence } from "./RouteSentence";
import { newRouteForm, routeFormOf } from "./route-form";
import { useRouteForm } from "./use-route-form";
import { useSetRoutes } from "./use-routes";
import { WhichCard } from "./WhichCard";
import { WhomCard } from "./WhomCard";
import { WordsCard } from "./WordsCard";

interface Props {
  /** The one to change; without it, a new one is made, which is looked at first. */
  readonly route?: Route;
}

/** Left the form, right what the route does and what it would send. */
export function RouteEditor({ route }: Props) {
  const state = useRouteForm(() =>
    route ? routeFormOf(route) : newRouteForm(Intl.DateTimeFormat().resolvedOptions().timeZone),
  );
  const { form, problems, fault, words, suggested, change } = state;
  const router = useRouter();
  const toast = useToast();
  const [saved, setSaved] = useState(false);
  const guard = useLeaveGuard(state.dirty && !saved);
  const set = useSetRoutes({
    onError: (error) => state.refuse(refusalOf(error)),
    onSuccess: () => {
      guard.allow();
      setSaved(true);
      toast({ text: route ? `"${form.name.trim() || suggested}" is saved.` : "The new route is looked at first." });
      router.push("/alerts/notifications");
    },
  });
  const saving = set.isPending || saved;
  function submit() {
    const draft = saving ? null : state.check();
    if (draft) set.mutate((now) => withRoute(now, draft, route?.id));
  }
  useSaveKey(submit);
  return (
    <form
      ref={state.box}
      noValidate
      aria-label={route ? `Route ${route.name}` : "New route"}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
      className="grid grid-cols-1 items-start gap-4 lg:grid-cols-[minmax(0,1fr)_minmax(0,26rem)]"
    >
      <div className="flex min-w-0 flex-col gap-4">
        {fault ? (
          <div data-fault tabIndex={-1}>
            <ErrorState title="Not saved" message={fault} />
          </div>
        ) : null}
        <Card className="flex flex-col gap-4">
          <TextField
            label="Name"
            hasDefault
            maxLength={191}
            error={problems.name ?? null}
            value={form.name}
            placeholder={suggested}
            onChange={(name) => change({ name })}
          />
          <SwitchField
            label="On"
            hint={form.enabled ? "It is heeded from the moment it is saved." : "It is kept, and passed over."}
            checked={form.enabled}
            onChange={(enabled) => change({ enabled })}
          />
        </Card>
        <WhichCard state={state} />
        <WhomCard state={state} />
        <HowCard state={state} />
        <WordsCard state={state} />
        <div className="sticky bottom-[calc(56px+env(safe-area-inset-bottom))] z-10 -mx-3 border-t border-line bg-bg px-3 py-3 sm:bottom-0 sm:mx-0 sm:px-0">
          <RouteSentence words={words} className="mb-2.5 lg:hidden" />
          <div className="flex items-center gap-2">
            <Button type="submit" variant="primary" busy={saving} icon={route ? "check" : "plus"}>
              {route ? "Save" : "Make route"}
            </Button>
            <span className="flex items-center gap-1 max-sm:hidden pointer-coarse:hidden">
              <Kbd>Ctrl</Kbd>
              <Kbd>Enter</Kbd>
            </span>
            {route ? (
              <span className="ml-auto">
                <DeleteRoute route={route} deleted={guard.allow} />
              </span>
            ) : null}
          </div>
        </div>
      </div>
      <div className="flex min-w-0 flex-col gap-4 lg:sticky lg:top-[calc(var(--bar)+20px)]">
        <RouteSentence words={words} carded className="max-lg:hidden" />
        <RoutePreviewCard route={state.route} />
      </div>
      <LeaveDialog leaving={guard.leaving} stay={guard.stay} />
    </form>
  );
}

/** In its place; a new one, and one that somebody else deleted meanwhile, on top. */
function withRoute(now: readonly Route[], draft: RouteInput, id: string | undefined): RouteInput[] {
  const known = id !== undefined && now.some((one) => one.id === id);
  return known ? now.map((one) => (one.id === id ? { ...draft, id } : one)) : [draft, ...now];
}
