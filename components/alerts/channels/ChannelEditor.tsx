"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { LeaveDialog } from "@/components/catalogue/LeaveDialog";
import { refusalOf } from "@/components/catalogue/refusal";
import { useLeaveGuard } from "@/components/catalogue/use-leave-guard";
import type { ChannelKind, ChannelView } from "@/components/data/outputs";
import { useTRPC } from "@/components/data/trpc";
import { ConfigFields } from "@/components/form/ConfigFields";
import { SwitchField } from "@/components/form/SwitchField";
import { Button } from "@/components/ui/Button";
import { Card, CardTitle } from "@/components/ui/Card";
import { ErrorState } from "@/components/ui/ErrorState";
import { TextField } from "@/components/ui/TextField";
import { useToast } from "@/components/ui/Toast";
import { DeleteChannel } from "./DeleteChannel";
import { LastDeliveryCard } from "./LastDelivery";
import { TestCard } from "./TestCard";
import { UseThisBrowser } from "./UseThisBrowser";
import { useChannelForm } from "./use-channel-form";

interface Props {
  readonly kind: ChannelKind;
  /** The one to change; without it, a new one is made. */
  readonly channel?: ChannelView;
}

/** What a browser subscribes to: it fills in the form by itself. */
const WEB_PUSH = "web-push";

/** Left the form that its kind wants, right what to do at the service, and a test that really sends. */
export function ChannelEditor({ kind, channel }: Props) {
  const state = useChannelForm(kind, channel);
  const { fields, form, problems, fault, change } = state;
  const trpc = useTRPC();
  const router = useRouter();
  const queryClient = useQueryClient();
  const toast = useToast();
  const [saved, setSaved] = useState(false);
  const guard = useLeaveGuard(state.dirty && !saved);
  const refuse = (error: unknown) => state.refuse(refusalOf(error));
  const done = {
    onError: refuse,
    onSuccess: ({ name }: ChannelView) => {
      guard.allow();
      setSaved(true);
      void queryClient.invalidateQueries({ queryKey: trpc.channels.pathKey() });
      toast({ text: `"${name}" is saved.` });
      router.push("/alerts/channels");
    },
  };
  const create = useMutation(trpc.channels.create.mutationOptions(done));
  const update = useMutation(trpc.channels.update.mutationOptions(done));
  const test = useMutation(trpc.channels.test.mutationOptions({ onError: refuse }));
  const saving = create.isPending || update.isPending || saved;

  function submit() {
    const draft = saving ? undefined : state.check();
    if (!draft) return;
    if (channel) update.mutate({ id: channel.id, channel: draft });
    else create.mutate(draft);
  }
  function runTest() {
    const draft = state.check();
    if (draft) test.mutate({ id: channel?.id, channel: draft });
  }
  return (
    <form
      ref={state.box}
      noValidate
      aria-label={channel ? `Channel ${channel.name}` : `Add ${kind.title}`}
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
        <Card>
          <div className="mb-4 flex flex-col gap-4">
            <TextField
              label="Name"
              hasDefault
              hint="As rules and routes call it."
              maxLength={100}
              error={problems.name ?? null}
              value={form.name}
              placeholder={kind.title}
              onChange={(name) => change({ name })}
            />
            <SwitchField
              label="On"
              hint={form.enabled ? "What is sent to it goes out." : "It is kept, and nothing goes out."}
              checked={form.enabled}
              onChange={(enabled) => change({ enabled })}
            />
          </div>
          {kind.kind === WEB_PUSH ? (
            <UseThisBrowser
              onSubscribed={(subscription, name) =>
                change({ name: form.name || name, values: { ...form.values, ...subscription } })
              }
            />
          ) : null}
          <ConfigFields
            fields={fields}
            values={form.values}
            problems={problems}
            onChange={(values) => change({ values })}
          />
        </Card>
        <div className="sticky bottom-[calc(56px+env(safe-area-inset-bottom))] z-10 -mx-3 flex items-center gap-2 border-t border-line bg-bg px-3 py-3 sm:bottom-0 sm:mx-0 sm:px-0">
          <Button type="submit" variant="primary" busy={saving} icon={channel ? "check" : "plus"}>
            {channel ? "Save" : `Add ${kind.title}`}
          </Button>
          {channel ? (
            <span className="ml-auto">
              <DeleteChannel channel={channel} deleted={guard.allow} />
            </span>
          ) : null}
        </div>
      </div>
      <div className="flex min-w-0 flex-col gap-4 lg:sticky lg:top-[calc(var(--bar)+20px)]">
        <TestCard result={test.data} busy={test.isPending} onTest={runTest} />
        {channel ? <LastDeliveryCard channel={channel.id} /> : null}
        <Card>
          <CardTitle>What to do first</CardTitle>
          <p className="text-sm text-pretty text-muted">{kind.help}</p>
          <ol className="mt-3 flex list-decimal flex-col gap-1.5 ps-5 text-sm marker:text-muted">
            {kind.setup.map((step) => (
              <li key={step} className="text-pretty break-words">
                {step}
              </li>
            ))}
          </ol>
        </Card>
      </div>
      <LeaveDialog leaving={guard.leaving} stay={guard.stay} />
    </form>
  );
}
