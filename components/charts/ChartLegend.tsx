"use client";

import { useLayoutEffect, useRef, useState } from "react";
import { type AnyUnit, formatText } from "@/components/format";
import { Value } from "@/components/ui/Value";
import { type ChartLine, figuresOf } from "./chart-data";
import { type CursorStore, useCursorIndex } from "./cursor-store";
import { Swatch } from "./Swatch";

interface Props {
  readonly store: CursorStore;
  readonly lines: readonly ChartLine[];
  readonly colours: readonly number[];
  readonly unit: AnyUnit;
  /** The one line that is shown; null shows all. */
  readonly isolated: string | null;
  /** Lines that are not drawn because there are too many. */
  readonly more: number;
  onIsolate(key: string | null): void;
  onHighlight(key: string | null): void;
  onShowAll(): void;
}

/** One row at first, so that no chart changes its height when its lines arrive; the rest unfolds. */
export function ChartLegend({ store, lines, colours, unit, isolated, more, onIsolate, onHighlight, onShowAll }: Props) {
  const index = useCursorIndex(store);
  const list = useRef<HTMLUListElement>(null);
  const [open, setOpen] = useState(false);
  const folded = useFolded(list, open);
  const only = lines.length === 1 && more === 0 ? lines[0] : undefined;
  if (only) return <Summary line={only} unit={unit} />;
  return (
    <div className="flex items-start gap-2">
      <ul
        ref={list}
        className={`flex min-w-0 flex-1 flex-wrap gap-x-3 ${open ? "max-h-40 overflow-y-auto" : "h-6 overflow-hidden"}`}
      >
        {lines.map((line, place) => (
          <li key={line.key} className="min-w-0">
            <button
              type="button"
              aria-pressed={isolated === line.key}
              onClick={() => onIsolate(isolated === line.key ? null : line.key)}
              onPointerEnter={() => onHighlight(line.key)}
              onPointerLeave={() => onHighlight(null)}
              onFocus={() => onHighlight(line.key)}
              onBlur={() => onHighlight(null)}
              title={line.label}
              className={`num flex h-6 max-w-52 min-w-0 items-center gap-1.5 rounded text-xs transition-opacity -outline-offset-2 ${isolated && isolated !== line.key ? "opacity-45" : ""}`}
            >
              <Swatch colour={colours[place] ?? 1} />
              <span className="min-w-0 truncate text-muted hover:text-ink">{line.label || "value"}</span>
              <Value value={index === null ? figuresOf(line).last : (line.avg[index] ?? null)} unit={unit} />
            </button>
          </li>
        ))}
      </ul>
      {folded > 0 || open ? (
        <button type="button" aria-expanded={open} onClick={() => setOpen(!open)} className={MORE}>
          {open ? "fewer" : `+${folded}`}
        </button>
      ) : null}
      {more > 0 ? (
        <button type="button" onClick={onShowAll} title="Draw all lines" className={MORE}>
          {more} more
        </button>
      ) : null}
    </div>
  );
}

const MORE = "num h-6 shrink-0 rounded px-1 text-xs text-muted hover:text-ink -outline-offset-2";

/** How many entries did not fit into the first row. */
function useFolded(list: React.RefObject<HTMLUListElement | null>, open: boolean): number {
  const [folded, setFolded] = useState(0);
  useLayoutEffect(() => {
    const element = list.current;
    if (!element || open) return;
    const count = () => {
      const top = element.getBoundingClientRect().top;
      const entries = [...element.children];
      setFolded(entries.filter((entry) => entry.getBoundingClientRect().top - top > 12).length);
    };
    const sizes = new ResizeObserver(count);
    sizes.observe(element);
    for (const entry of element.children) sizes.observe(entry);
    return () => sizes.disconnect();
  }, [list, open]);
  return folded;
}

/** A chart of one line needs no names: what the window amounts to says more. */
function Summary({ line, unit }: { line: ChartLine; unit: AnyUnit }) {
  const { min, avg, max } = figuresOf(line);
  const parts = [
    ["min", min],
    ["avg", avg],
    ["max", max],
  ] as const;
  return (
    <div className="num flex h-6 items-center gap-4 text-xs">
      <dl className="flex shrink-0 gap-4">
        {parts.map(([name, value]) => (
          <div key={name} className="flex gap-1.5">
            <dt className="text-muted">{name}</dt>
            <dd>{formatText(value, unit)}</dd>
          </div>
        ))}
      </dl>
      {line.label ? (
        <span className="ms-auto min-w-0 truncate text-muted" title={line.label}>
          {line.label}
        </span>
      ) : null}
    </div>
  );
}
