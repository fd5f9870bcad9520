"use client";

import type { NotifySettings } from "@/components/data/outputs";
import { NumberField } from "@/components/ui/NumberField";
import { TextField } from "@/components/ui/TextField";
import { addressProblem } from "./address-problem";
import { SettingsCard } from "./SettingsCard";
import { problemAt, useNotifySettings } from "./use-notify-settings";

const PER_MINUTE = { min: 1, max: 600 } as const;

interface Form {
  readonly publicUrl: string;
  readonly perMinute: number | null;
}

/** What all messages have in common. */
export function LinksCard({ settings }: { settings: NotifySettings }) {
  const { publicUrl, perMinute } = settings;
  const state = useNotifySettings<Form>({
    stored: { publicUrl, perMinute },
    check: (form) => ({
      ...problemAt("publicUrl", addressProblem(form.publicUrl)),
      ...(form.perMinute !== null && form.perMinute >= PER_MINUTE.min && form.perMinute <= PER_MINUTE.max
        ? {}
        : { perMinute: `Type ${PER_MINUTE.min} to ${PER_MINUTE.max}.` }),
    }),
    merge: (form, now) => ({
      ...now,
      publicUrl: form.publicUrl.trim(),
      perMinute: form.perMinute ?? now.perMinute,
    }),
  });
  const { form, problems, change } = state;
  return (
    <SettingsCard
      title="Links and limits"
      about="With an address, messages have links to their alert, to acknowledge and to snooze."
      state={state}
    >
      <div className="grid grid-cols-1 gap-4 md:grid-cols-[minmax(0,1fr)_minmax(0,14rem)]">
        <TextField
          label="Unity's address"
          hint="As it is reached from the phone that is told. Empty: messages have no links."
          hasDefault
          maxLength={500}
          placeholder="https://unity.example.org"
          error={problems.publicUrl ?? null}
          value={form.publicUrl}
          onChange={(next) => change({ publicUrl: next })}
        />
        <NumberField
          key={state.discarded}
          label="At most"
          hint="To one channel. What is beyond is put together."
          required
          integer
          suffix="a min"
          {...PER_MINUTE}
          error={problems.perMinute ?? null}
          value={form.perMinute}
          onChange={(next) => change({ perMinute: next })}
        />
      </div>
    </SettingsCard>
  );
}
