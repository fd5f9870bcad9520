"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { useMe } from "@/components/account/use-me";
import type { OpenAlert } from "@/components/data/outputs";
import { useTRPC, useTRPCClient } from "@/components/data/trpc";
import { formatClock } from "@/components/format";
import { useToast } from "@/components/ui/Toast";
import { serverNow } from "@/components/ui/use-now";
import { summaryText } from "./fill-summary";

export type AckUntil = NonNullable<OpenAlert["acknowledged"]>["until"];

/** What a person does with an alert. Seen at once; taken back when the server refuses, or by the button in the message. */
export interface AlertDeeds {
  acknowledge(alert: OpenAlert, until: AckUntil, note?: string): void;
  unacknowledge(alert: OpenAlert): void;
  /** @param until epoch milliseconds; null ends it */
  snooze(alert: OpenAlert, until: number | null): void;
  note(alert: OpenAlert, note: string): void;
  resolve(alert: OpenAlert): void;
}

/** A message must be read at a glance. */
const LONGEST = 80;
const DAY_MS = 86_400_000;

const ACKNOWLEDGED: Readonly<Record<AckUntil, string>> = {
  over: "Acknowledged",
  changed: "Quiet until it changes",
  worse: "Quiet until it is worse",
};

type Change = Partial<Pick<OpenAlert, "acknowledged" | "snoozedUntil">>;

export function useAlertDeeds(): AlertDeeds {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const toast = useToast();
  const by = useMe().me?.name ?? "you";
  return useMemo(() => {
    const key = trpc.alerts.open.queryKey();
    const put = (id: string, change: Change | null) => {
      queryClient.setQueryData(key, (old) =>
        old?.flatMap((one) => (one.id !== id ? one : change === null ? [] : { ...one, ...change })),
      );
      queryClient.setQueryData(
        trpc.alerts.detail.queryKey({ id }),
        (old) => old && { ...old, open: change && old.open && { ...old.open, ...change } },
      );
    };
    const name = (alert: OpenAlert) => {
      const text = summaryText(alert);
      return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
    };

    /** Shows a change before the server has made it. @param undo what takes it back */
    async function change(
      alert: OpenAlert,
      seen: Change | null,
      send: () => Promise<unknown>,
      say: Said,
    ): Promise<void> {
      await queryClient.cancelQueries({ queryKey: key });
      put(alert.id, seen);
      try {
        await send();
        const { text, undo } = say;
        toast({ text: `${text}: ${name(alert)}`, ...(undo ? { action: { name: "Undo", run: undo } } : {}) });
      } catch (error) {
        toast({ tone: "bad", text: error instanceof Error ? error.message : "Unity does not answer." });
      } finally {
        // The past reads itself again.
        for (const query of [trpc.alerts.open, trpc.alerts.attention, trpc.alerts.detail, trpc.alerts.past])
          void queryClient.invalidateQueries(query.pathFilter());
      }
    }

    const deeds: AlertDeeds = {
      acknowledge(alert, until, note = "") {
        const acknowledged = { by, at: serverNow(), note, until, value: alert.value };
        const before = alert.acknowledged;
        void change(alert, { acknowledged }, () => client.alerts.acknowledge.mutate({ id: alert.id, until, note }), {
          text: ACKNOWLEDGED[until],
          undo: () =>
            before
              ? deeds.acknowledge(alert, before.until, before.note)
              : deeds.unacknowledge({ ...alert, acknowledged }),
        });
      },
      unacknowledge(alert) {
        const before = alert.acknowledged;
        const send = () => client.alerts.unacknowledge.mutate({ id: alert.id });
        void change(alert, { acknowledged: null }, send, {
          text: "Not acknowledged any more",
          ...(before ? { undo: () => deeds.acknowledge(alert, before.until, before.note) } : {}),
        });
      },
      snooze(alert, until) {
        const send = () => client.alerts.snooze.mutate({ id: alert.id, until });
        void change(alert, { snoozedUntil: until }, send, {
          text: until === null ? "Snooze ended" : `Snoozed until ${formatClock(until, clockSpan(until))}`,
          undo: () => deeds.snooze(alert, alert.snoozedUntil),
        });
      },
      note(alert, note) {
        void change(alert, {}, () => client.alerts.note.mutate({ id: alert.id, note }), { text: "Noted" });
      },
      resolve(alert) {
        void change(alert, null, () => client.alerts.resolve.mutate({ id: alert.id }), { text: "Resolved" });
      },
    };
    return deeds;
  }, [trpc, client, queryClient, toast, by]);
}

interface Said {
  readonly text: string;
  undo?(): void;
}

/** Today an hour says enough. */
const clockSpan = (at: number) =>
  new Date(at).toDateString() === new Date(serverNow()).toDateString() ? DAY_MS : 2 * DAY_MS;
