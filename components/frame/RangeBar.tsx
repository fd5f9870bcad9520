"use client";

import { useState } from "react";
import { moveRange, PRESETS, type TimeRange, windowOf, zoomOut } from "@/components/data/time-range";
import { useTimeRange } from "@/components/data/use-time-range";
import { formatClock, formatDuration } from "@/components/format";
import { buttonClass } from "@/components/ui/button-class";
import { IconButton } from "@/components/ui/IconButton";
import { Icon } from "@/components/ui/icons";
import { Menu, type MenuItem } from "@/components/ui/Menu";
import { CustomRange } from "./CustomRange";
import { useKeys } from "./use-keys";

/** The window of the page's charts: presets, a range of one's own, back, forward, live. Browser only: it shows local times. */
export function RangeBar() {
  const { range, setRange } = useTimeRange();
  const [custom, setCustom] = useState(false);
  const running = range.kind === "last";
  const move = (direction: -1 | 1) => setRange((now) => moveRange(now, direction, Date.now()));
  const toggleLive = () =>
    setRange((now) => (now.kind === "last" ? hold(now) : { kind: "last", ms: now.to - now.from }));
  const forward = () => setRange((now) => (now.kind === "last" ? undefined : moveRange(now, 1, Date.now())));
  useKeys({
    "[": () => move(-1),
    "]": forward,
    t: toggleLive,
    z: () => setRange((now) => zoomOut(now, Date.now())),
  });

  const items: MenuItem[] = [
    ...PRESETS.map(({ ms, name }) => ({
      name: `Last ${name}`,
      checked: running && range.ms === ms,
      onSelect: () => setRange(() => ({ kind: "last", ms })),
    })),
    "separator",
    { name: "From … to …", icon: "calendar", checked: !running, onSelect: () => setCustom(true) },
  ];
  return (
    <fieldset className="flex min-w-0 items-center">
      <legend className="sr-only">Time range</legend>
      <IconButton icon="left" label="Back ( [ )" onClick={() => move(-1)} />
      <Menu
        align="end"
        items={items}
        trigger={
          <button
            type="button"
            className={`${buttonClass({ variant: "ghost", size: "small" })} num min-w-0 shrink data-[state=open]:bg-raised`}
          >
            <Icon name="clock" size={14} className="max-sm:hidden" />
            <span className="truncate">
              {running ? <span className="max-sm:hidden">Last </span> : null}
              {rangeText(range)}
            </span>
          </button>
        }
      />
      <IconButton icon="right" label="Forward ( ] )" disabled={running} onClick={forward} />
      <button
        type="button"
        aria-pressed={running}
        title={running ? "The window moves with time. Hold it still ( t )" : "Move with time again ( t )"}
        onClick={toggleLive}
        className={`${buttonClass({ variant: "ghost", size: "small" })} aria-pressed:text-accent`}
      >
        <Icon name={running ? "pause" : "play"} size={14} />
        <span className="max-sm:sr-only">{running ? "Live" : "Held"}</span>
      </button>
      {custom ? (
        <CustomRange range={range} onClose={() => setCustom(false)} onChoose={(chosen) => setRange(() => chosen)} />
      ) : null}
    </fieldset>
  );
}

function hold(range: TimeRange): TimeRange {
  const { from, to } = windowOf(range, Date.now());
  return { kind: "fixed", from, to };
}

function rangeText(range: TimeRange): string {
  if (range.kind === "last") {
    const preset = PRESETS.find(({ ms }) => ms === range.ms);
    if (preset) return preset.name;
    const { text, unit } = formatDuration(range.ms / 1_000);
    return `${text} ${unit}`.trim();
  }
  // A day and more ago, a time alone says too little.
  const span = Math.max(range.to - range.from, Date.now() - range.from);
  const shown = span <= DAY_MS ? DAY_MS : Math.max(span > YEAR_MS ? span : 2 * DAY_MS, range.to - range.from);
  return `${formatClock(range.from, shown)} – ${formatClock(range.to, shown)}`;
}

const DAY_MS = 86_400_000;
const YEAR_MS = 300 * DAY_MS;
