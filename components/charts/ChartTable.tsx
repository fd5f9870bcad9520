"use client";

import { type AnyUnit, formatClock, formatText } from "@/components/format";
import { type ChartLine, instants } from "./chart-data";

interface Props {
  readonly title: string;
  readonly lines: readonly ChartLine[];
  readonly unit: AnyUnit;
  readonly gridFrom: number;
  readonly stepMs: number;
  readonly spanMs: number;
  readonly height: number;
}

/** Newest first; more rows than this are for the CSV. */
const ROWS = 200;

/** The same data as words, for those who cannot see the chart or want the exact figures. */
export function ChartTable({ title, lines, unit, gridFrom, stepMs, spanMs, height }: Props) {
  const length = lines[0]?.avg.length ?? 0;
  const times = instants(gridFrom, stepMs, length);
  const rows = times
    .map((at, index) => ({ at, index }))
    .reverse()
    .slice(0, ROWS);
  return (
    <section
      style={{ height }}
      className="overflow-auto rounded-md border border-line"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
      tabIndex={0}
      aria-label={`${title}, table`}
    >
      <table className="num w-full border-separate border-spacing-0 text-xs">
        <thead>
          <tr>
            <th scope="col" className={HEAD}>
              Time
            </th>
            {lines.map((line) => (
              <th key={line.key} scope="col" className={`${HEAD} max-w-40 truncate text-right`} title={line.label}>
                {line.label || "Value"}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ at, index }) => (
            <tr key={at} className="hover:bg-hover">
              <th scope="row" className={`${CELL} text-left font-normal text-muted`}>
                {formatClock(at, spanMs)}
              </th>
              {lines.map((line) => (
                <td key={line.key} className={`${CELL} text-right`}>
                  {formatText(line.avg[index] ?? null, unit)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

const HEAD = "sticky top-0 h-7 border-b border-line bg-surface px-2 text-left font-medium whitespace-nowrap text-muted";
const CELL = "h-6 px-2 whitespace-nowrap";
