import { type ReactNode, useId } from "react";
import { ChannelChips } from "./ChannelChips";

interface Props {
  readonly label: string;
  /** What is so while none is chosen, and while some are. */
  readonly hint: ReactNode;
  readonly value: readonly string[];
  onChange(value: string[]): void;
}

/** Channels, of which none need be chosen. */
export function ChannelPicker({ label, hint, value, onChange }: Props) {
  const about = useId();
  return (
    <fieldset className="min-w-0" aria-describedby={about}>
      <legend className="mb-1.5 text-sm font-medium">{label}</legend>
      <ChannelChips value={value} onChange={onChange} />
      <p id={about} className="mt-1.5 text-xs text-pretty text-muted">
        {hint}
      </p>
    </fieldset>
  );
}
