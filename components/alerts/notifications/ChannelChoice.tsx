"use client";

import { useId } from "react";
import type { Route } from "@/components/data/outputs";
import { Segmented } from "@/components/ui/Segmented";
import { ChannelChips } from "../ChannelChips";

type Channels = Route["channels"];

interface Props {
  /** What they are for: "Channels". */
  readonly label: string;
  readonly value: Channels;
  readonly error?: string | null | undefined;
  onChange(value: Channels): void;
}

const WHICH = [
  { value: "all", name: "Every channel" },
  { value: "some", name: "These" },
] as const;

/** Every channel that is on, also those that come later, or some of them. */
export function ChannelChoice({ label, value, error, onChange }: Props) {
  const id = useId();
  return (
    <fieldset className="min-w-0" aria-describedby={error ? `${id}-error` : undefined}>
      <legend className="mb-1.5 text-sm font-medium">{label}</legend>
      <Segmented
        label={`${label}: which`}
        value={value === "all" ? "all" : "some"}
        options={WHICH}
        onChange={(which) => onChange(which === "all" ? "all" : [])}
      />
      {value === "all" ? null : (
        <div className="mt-2">
          <ChannelChips value={value} onChange={onChange} />
        </div>
      )}
      {error ? (
        <p id={`${id}-error`} className="mt-1.5 text-xs text-bad">
          {error}
        </p>
      ) : null}
    </fieldset>
  );
}
