"use client";

import { type Connection, useLive } from "@/components/data/live";
import { formatDuration } from "@/components/format";
import { StatusShape } from "@/components/ui/StatusShape";
import type { Tone } from "@/components/ui/tones";
import { useClock } from "@/components/ui/use-now";

interface Words {
  readonly tone: Tone;
  readonly text: string;
  readonly title: string;
}

const WORDS: Readonly<Record<Connection, Words>> = {
  connecting: { tone: "unknown", text: "Connecting", title: "Connecting to Unity" },
  live: { tone: "ok", text: "Live", title: "Figures arrive as they are measured" },
  polling: {
    tone: "warn",
    text: "Polling",
    title:
      "The live connection is refused, so the page asks every 5 seconds. Behind a proxy, pass /api/ws on as a WebSocket.",
  },
  lost: { tone: "bad", text: "Reconnecting", title: "Unity does not answer. The page goes on by itself when it does." },
};

/** How this tab hears of new data: a quiet dot while live, words when not. On a phone it floats under the bar then. */
export function ConnectionState() {
  const { connection, lostAt } = useLive();
  const away = useClock(0, (now) => (lostAt === null ? "" : awayText(now - lostAt)));
  const { tone, text, title } = WORDS[connection];
  const quiet = connection === "live" || connection === "connecting";
  return (
    <div
      title={title}
      data-connection={connection}
      className={`flex items-center gap-1.5 text-xs ${quiet ? "text-muted sm:px-1.5" : "h-7 rounded-lg border border-line-strong bg-surface px-2.5 font-medium max-sm:fixed max-sm:top-[calc(var(--bar)+8px)] max-sm:left-1/2 max-sm:-translate-x-1/2 max-sm:shadow-pop"}`}
    >
      <StatusShape tone={tone} label="" size={9} className={quiet ? "max-sm:hidden" : ""} />
      <span role="status" className={quiet ? "sr-only" : "whitespace-nowrap"}>
        {text}
      </span>
      {/* Ticks, so it is not read out. */}
      {away === "" ? null : (
        <span aria-hidden="true" className="num whitespace-nowrap text-muted">
          {away}
        </span>
      )}
    </div>
  );
}

function awayText(ms: number): string {
  if (ms < 5_000) return "";
  const { text, unit } = formatDuration(Math.round(ms / 1_000));
  return `${text} ${unit}`.trim();
}
