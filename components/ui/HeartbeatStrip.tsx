"use client";

import { type KeyboardEvent, type PointerEvent, useState } from "react";
import { formatClock, formatRelative } from "@/components/format";
import { BeatShapes } from "./BeatBar";

export type Beat = "ok" | "partial" | "failed" | "none";

interface Props {
  /** Oldest first, each as long as the others; 48 half hours make a day. */
  readonly beats: readonly Beat[];
  /** Where the last one ends. Epoch milliseconds. */
  readonly endsAt: number;
  /** Default half an hour. */
  readonly beatMs?: number;
  /** Whose beats these are: "nas, last 24 hours". */
  readonly label: string;
  /** Pixels. Default 20. */
  readonly height?: number;
  readonly className?: string;
}

const WORD: Readonly<Record<Beat, string>> = { ok: "Good", partial: "Partly", failed: "Failed", none: "No data" };

/** A day as a row of cells. One stop for the keyboard; arrow keys walk through it. */
export function HeartbeatStrip({ beats, endsAt, beatMs = 1_800_000, label, height = 20, className = "" }: Props) {
  const [at, setAt] = useState<number | null>(null);
  const clamp = (index: number) => Math.max(0, Math.min(beats.length - 1, index));
  const point = (event: PointerEvent<HTMLDivElement>) => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    if (width > 0) setAt(clamp(Math.floor(((event.clientX - left) / width) * beats.length)));
  };
  const press = (event: KeyboardEvent) => {
    const by = { ArrowLeft: -1, ArrowRight: 1, Home: -beats.length, End: beats.length }[event.key];
    if (by === undefined || beats.length === 0) return;
    event.preventDefault();
    setAt((old) => clamp((old ?? beats.length - (by < 0 ? 0 : 1)) + by));
  };
  const beat = at === null ? undefined : beats[at];
  const said =
    beat && at !== null
      ? `${WORD[beat]}, ${formatRelative(endsAt - (beats.length - at) * beatMs, endsAt)}`
      : summary(beats);
  return (
    <div className={`relative min-w-0 ${className}`}>
      <div
        role="slider"
        tabIndex={0}
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={Math.max(0, beats.length - 1)}
        aria-valuenow={at ?? Math.max(0, beats.length - 1)}
        aria-valuetext={said}
        aria-readonly="true"
        onPointerMove={point}
        onPointerDown={point}
        onPointerLeave={() => setAt(null)}
        onBlur={() => setAt(null)}
        onKeyDown={press}
        style={{ height }}
        className="rounded-sm outline-offset-4"
      >
        <BeatShapes beats={beats} chosen={at} />
      </div>
      {beat && at !== null ? (
        <Readout
          share={(at + 0.5) / beats.length}
          word={WORD[beat]}
          time={timeText(endsAt - (beats.length - at) * beatMs, beatMs)}
        />
      ) : null}
    </div>
  );
}

function Readout({ share, word, time }: { share: number; word: string; time: string }) {
  // Grows away from the edge that it is near, so that no parent cuts it off.
  const side = share < 0.5 ? { left: `${share * 100}%` } : { right: `${(1 - share) * 100}%` };
  return (
    <span
      aria-hidden="true"
      style={side}
      className="pop num pointer-events-none absolute bottom-full z-30 mb-1.5 px-2 py-1 text-xs whitespace-nowrap"
    >
      <span className="font-medium">{word}</span> <span className="text-muted">{time}</span>
    </span>
  );
}

const DAY_MS = 86_400_000;
/** In the viewer's zone: only shown after a pointer or key moved, so this runs in the browser. */
const timeText = (from: number, beatMs: number) =>
  `${formatClock(from, DAY_MS)} – ${formatClock(from + beatMs, DAY_MS)}`;

function summary(beats: readonly Beat[]): string {
  const count = (which: Beat) => beats.filter((beat) => beat === which).length;
  const parts = (["failed", "partial", "none"] as const).flatMap((which) =>
    count(which) ? `${count(which)} ${WORD[which].toLowerCase()}` : [],
  );
  return parts.length === 0 ? "all good" : `${parts.join(", ")} of ${beats.length}`;
}
