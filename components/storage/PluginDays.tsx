"use client";

import type { Stored } from "@/components/data/outputs";
import { IconButton } from "@/components/ui/IconButton";
import { NumberField } from "@/components/ui/NumberField";
import { Select } from "@/components/ui/Select";
import { MOST_DAYS, type RetentionDraft } from "./retention-draft";

type Own = RetentionDraft["plugins"];

interface Props {
  readonly value: Own;
  /** Those that bring something. */
  readonly plugins: Stored["plugins"];
  /** What all others have. */
  readonly others: number | null;
  /** The database drops a day of all plugins at once. */
  readonly together: boolean;
  onChange(value: Own): void;
}

/** Plugins whose exact samples are kept for another time than all others'. */
export function PluginDays({ value, plugins, others, together, onChange }: Props) {
  const taken = new Set(value.map(({ plugin }) => plugin));
  const free = plugins.filter(({ plugin }) => !taken.has(plugin));
  const nameOf = (id: string) => plugins.find(({ plugin }) => plugin === id)?.name ?? id;
  return (
    <fieldset className="flex min-w-0 flex-col gap-3">
      <legend className="sr-only">Exact samples of single plugins</legend>
      {value.map(({ plugin, days }) => (
        <div key={plugin} className="flex items-start gap-1.5">
          <div className="min-w-0 flex-1">
            <NumberField
              label={nameOf(plugin)}
              required
              integer
              min={1}
              max={MOST_DAYS}
              suffix="days"
              value={days}
              error={days === null ? "Type a number of days." : null}
              onChange={(own) => onChange(value.map((one) => (one.plugin === plugin ? { plugin, days: own } : one)))}
            />
          </div>
          <IconButton
            icon="close"
            label={`Keep ${nameOf(plugin)} like all others`}
            className="mt-7"
            onClick={() => onChange(value.filter((one) => one.plugin !== plugin))}
          />
        </div>
      ))}
      {free.length > 0 ? (
        <Select
          label="Exact samples of one plugin"
          hasDefault
          hint={
            together
              ? "TimescaleDB drops a day of all plugins at once: all stay for the longest of these times."
              : "Shorter for one with many, longer for one that matters."
          }
          placeholder={value.length > 0 ? "Choose one more" : "Kept as all others; choose one"}
          value=""
          options={free.map(({ plugin, name }) => ({ value: plugin, name }))}
          onChange={(plugin) => onChange([...value, { plugin, days: Math.min(7, others || 7) }])}
        />
      ) : null}
    </fieldset>
  );
}
