"use client";

import { type AnyUnit, formatClock, formatText } from "@/components/format";
import { StatusShape } from "@/components/ui/StatusShape";
import { Value } from "@/components/ui/Value";
import type { ChartLine } from "./chart-data";
import { type CursorStore, useCursor } from "./cursor-store";
import type { TimeBand } from "./paint";
import { Swatch } from "./Swatch";

interface Props {
  readonly store: CursorStore;
  readonly lines: readonly ChartLine[];
  readonly colours: readonly number[];
  readonly unit: AnyUnit;
  readonly gridFrom: number;
  readonly stepMs: number;
  readonly spanMs: number;
  /** Pixels from the left edge of the box to the plot. */
  readonly inset: number;
  readonly bands: readonly TimeBand[];
}

/** More would not fit beside a chart; the highest are what one looks for. */
const ROWS = 10;

/** What lies under the crosshair. Labels are collected: they become text nodes and nothing else. */
export function ChartTooltip({ store, lines, colours, unit, gridFrom, stepMs, spanMs, inset, bands }: Props) {
  const cursor = useCursor(store);
  if (!cursor?.own) return null;
  const rows = lines
    .map((line, index) => ({ line, colour: colours[index] ?? 1, value: line.avg[cursor.index] ?? null }))
    .sort((a, b) => (b.value ?? Number.NEGATIVE_INFINITY) - (a.value ?? Number.NEGATIVE_INFINITY));
  const measured = rows.filter(({ value }) => value !== null);
  const at = gridFrom + cursor.index * stepMs;
  const x = inset + cursor.left;
  return (
    <div
      aria-hidden="true"
      className="pointer-events-none absolute top-1 z-20"
      // Beside the crosshair, on the side with more room.
      style={{ left: x, transform: cursor.share > 0.5 ? "translateX(calc(-100% - 12px))" : "translateX(12px)" }}
    >
      <div className="pop num max-w-72 min-w-28 animate-none px-2.5 py-2 text-xs">
        <p className="mb-1 text-2xs text-muted">{formatClock(at, Math.min(spanMs, 62 * 86_400_000))}</p>
        {measured.length === 0 ? <p>Nothing was measured</p> : null}
        <ul className="flex flex-col gap-0.5">
          {measured.slice(0, ROWS).map(({ line, colour, value }) => (
            <li key={line.key} className="flex items-center gap-2 leading-4">
              <Swatch colour={colour} />
              {line.label ? <span className="max-w-36 min-w-0 flex-1 truncate text-muted">{line.label}</span> : null}
              <Value value={value} unit={unit} className="ms-auto font-medium" />
              <Spread line={line} index={cursor.index} unit={unit} />
            </li>
          ))}
        </ul>
        {measured.length > ROWS ? <p className="mt-1 text-2xs text-muted">{measured.length - ROWS} more</p> : null}
        <Bands bands={bands} from={at} to={at + stepMs} />
      </div>
    </div>
  );
}

const TONE = { critical: "bad", warning: "warn", info: "info" } as const;
/** More at once is a bad day, and no tooltip. */
const NAMED = 4;

/** What fired or failed while this was measured. */
function Bands({ bands, from, to }: { bands: readonly TimeBand[]; from: number; to: number }) {
  const here = bands.filter((band) => band.from < to && (band.to === null || band.to > from));
  if (here.length === 0) return null;
  return (
    <ul className="mt-1.5 flex flex-col gap-0.5 border-t border-line pt-1.5">
      {here.slice(0, NAMED).map((band) => (
        <li key={`${band.from} ${band.label}`} className="flex items-center gap-1.5 leading-4">
          <StatusShape tone={TONE[band.severity]} label="" size={9} />
          <span className="min-w-0 truncate">{band.label}</span>
        </li>
      ))}
      {here.length > NAMED ? <li className="text-2xs text-muted">{here.length - NAMED} more</li> : null}
    </ul>
  );
}

/** Lowest and highest of a bucket that holds several samples. */
function Spread({ line, index, unit }: { line: ChartLine; index: number; unit: AnyUnit }) {
  const low = line.min[index] ?? null;
  const high = line.max[index] ?? null;
  if (low === null || high === null || low === high) return null;
  return (
    <span className="text-2xs whitespace-nowrap text-muted">
      {formatText(low, unit)} – {formatText(high, unit)}
    </span>
  );
}
