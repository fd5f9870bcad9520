import type { ReactNode } from "react";
import { StatusShape } from "./StatusShape";
import { TONE_SOFT, type Tone } from "./tones";

interface Props {
  /** A state, the accent, or nothing special. Default "neutral". */
  readonly tone?: Tone | "accent" | "neutral";
  /** Shows the state's shape before the text; not for accent and neutral. */
  readonly shape?: boolean;
  readonly children: ReactNode;
  readonly className?: string;
}

export function Badge({ tone = "neutral", shape = false, children, className = "" }: Props) {
  const state = tone === "accent" || tone === "neutral" ? null : tone;
  const colour = state ? TONE_SOFT[state] : tone === "accent" ? "bg-accent-soft text-accent" : "bg-raised text-muted";
  return (
    <span
      className={`num inline-flex h-5 w-max items-center gap-1 rounded-md px-1.5 text-2xs font-medium whitespace-nowrap ${colour} ${className}`}
    >
      {shape && state ? <StatusShape tone={state} size={9} label="" /> : null}
      {children}
    </span>
  );
}
