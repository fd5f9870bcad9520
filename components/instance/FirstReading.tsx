"use client";

import { formatText } from "@/components/format";
import { StatusShape } from "@/components/ui/StatusShape";
import { useNow } from "@/components/ui/use-now";
import type { InstanceHead } from "./use-instance";

/** Says why there is nothing to see yet, or nothing new: no run so far, or paused. One line, above what is drawn empty. */
export function FirstReading({ head, rendered }: { head: InstanceHead; rendered: number }) {
  const now = useNow(rendered);
  const { enabled, createdAt, timeoutMs, status } = head;
  if (!enabled) {
    return (
      <Line tone="paused">
        Paused: nothing is collected until it is resumed.
        {status.lastRunAt === null ? "" : " What is shown is what was last read."}
      </Line>
    );
  }
  if (status.lastRunAt !== null || status.health === "failing") return null;
  const left = Math.ceil((createdAt + timeoutMs - now) / 1_000);
  return (
    <Line tone="unknown">
      {left > 0
        ? `The first reading is under way: it is here within ${formatText(left, "seconds")}.`
        : "The first reading is still to come: earlier runs have the turn."}
    </Line>
  );
}

function Line({ tone, children }: { tone: "paused" | "unknown"; children: React.ReactNode }) {
  return (
    <p
      role="status"
      className="num flex items-center gap-2.5 rounded-xl border border-line px-4 py-2.5 text-sm text-muted"
    >
      <StatusShape tone={tone} label="" />
      <span>{children}</span>
    </p>
  );
}
