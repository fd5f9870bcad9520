"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { May } from "@/components/account/May";
import type { DeliveryView, NotifySettings } from "@/components/data/outputs";
import { useTRPC } from "@/components/data/trpc";
import { SwitchField } from "@/components/form/SwitchField";
import { WEEK_ORDER, WEEKDAYS } from "@/components/silences/recurrence";
import { Button } from "@/components/ui/Button";
import { RelativeTime } from "@/components/ui/RelativeTime";
import { Select } from "@/components/ui/Select";
import { StatusShape } from "@/components/ui/StatusShape";
import { useToast } from "@/components/ui/Toast";
import { ChannelChoice } from "./ChannelChoice";
import { ClockField, ZoneField } from "./ClockField";
import { standOf } from "./delivery-words";
import { SettingsCard } from "./SettingsCard";
import { REREAD_MS } from "./use-delivery-log";
import { useNotifySettings } from "./use-notify-settings";

interface Props {
  readonly settings: NotifySettings;
  readonly renderedAt: number;
}

/** Monday is 1, Sunday 7. */
const DAYS = WEEK_ORDER.map((day) => ({ value: String(day === 0 ? 7 : day), name: WEEKDAYS[day] }));

/** Once a week a message that says it is one: the proof that alerts would arrive. */
export function CanaryCard({ settings, renderedAt }: Props) {
  const state = useNotifySettings<NotifySettings["canary"]>({
    stored: settings.canary,
    check: ({ channels, enabled }) => ({
      ...(enabled && channels !== "all" && channels.length === 0
        ? { "canary.channels": "Choose a channel, or every one of them." }
        : {}),
    }),
    merge: (canary, now) => ({ ...now, canary: { ...canary, timeZone: canary.timeZone.trim() } }),
  });
  const { form, problems, change } = state;
  return (
    <SettingsCard
      title="Canary"
      about="Once a week a message goes all the way and says that it is no alert. When it does not come, alerts would not either."
      state={state}
      standing={<LastCanary renderedAt={renderedAt} changed={state.changed} />}
    >
      <SwitchField
        label="Every week"
        hint={form.enabled ? undefined : "Nothing is sent by itself."}
        checked={form.enabled}
        onChange={(enabled) => change({ enabled })}
      />
      {form.enabled ? (
        <div className="grid grid-cols-2 gap-3">
          <Select
            label="On"
            required
            value={String(form.weekday)}
            options={DAYS}
            onChange={(day) => change({ weekday: Number(day) })}
          />
          <ClockField
            label="At"
            required
            error={problems["canary.at"] ?? null}
            value={form.at}
            onChange={(at) => change({ at })}
          />
          <div className="col-span-2">
            <ZoneField
              label="Time zone"
              required
              error={problems["canary.timeZone"] ?? null}
              value={form.timeZone}
              onChange={(timeZone) => change({ timeZone })}
            />
          </div>
        </div>
      ) : null}
      <ChannelChoice
        label="Through"
        value={form.channels}
        error={problems["canary.channels"]}
        onChange={(channels) => change({ channels })}
      />
    </SettingsCard>
  );
}

/** How the last one went, channel by channel; and one at once. */
function LastCanary({ renderedAt, changed }: { renderedAt: number; changed: boolean }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const toast = useToast();
  const { data: last = [] } = useQuery(
    trpc.notifications.canary.queryOptions(undefined, { refetchInterval: REREAD_MS }),
  );
  const send = useMutation(
    trpc.notifications.sendCanary.mutationOptions({
      onError: (error) => toast({ tone: "bad", text: error.message }),
      onSuccess: () => queryClient.invalidateQueries(trpc.notifications.pathFilter()),
    }),
  );
  const at = last[0]?.createdAt ?? null;
  return (
    <div aria-live="polite">
      <div className="flex items-center justify-between gap-3">
        <p className="text-xs text-muted">
          {at === null ? (
            "None was sent yet."
          ) : (
            <>
              Last sent <RelativeTime at={at} now={renderedAt} />
            </>
          )}
        </p>
        <May permission="edit">
          <Button
            size="small"
            icon="play"
            busy={send.isPending}
            disabled={changed}
            title={changed ? "Save first: it goes to the channels that are stored." : undefined}
            onClick={() => send.mutate()}
          >
            Send one now
          </Button>
        </May>
      </div>
      {last.length > 0 ? (
        <ul aria-label="The last canary" className="mt-2 flex flex-col gap-1.5">
          {last.map((delivery) => (
            <Heard key={delivery.id} delivery={delivery} />
          ))}
        </ul>
      ) : null}
    </div>
  );
}

function Heard({ delivery }: { delivery: DeliveryView }) {
  const { channel, answer, state } = delivery;
  const { tone, word } = standOf(delivery);
  return (
    <li className="flex items-start gap-2 text-xs">
      <StatusShape tone={tone} label="" size={11} className="mt-0.5" />
      <span className="min-w-0 break-words">
        <bdi className="font-medium">{channel.name ?? "A removed channel"}</bdi>{" "}
        <span className="text-muted">
          {word}
          {answer && state !== "sent" ? (
            <>
              {" · "}
              <bdi className="[overflow-wrap:anywhere]">{answer}</bdi>
            </>
          ) : null}
        </span>
      </span>
    </li>
  );
}
