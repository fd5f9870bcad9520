import { z } from "zod";
import type { Samples } from "../chunks/codec/samples";
import { SERIES, selectSeries } from "./labels";
import { instant } from "./promql";
import type { Server } from "./server";

/** Bounds what is parsed at once. */
const ROWS_PER_LINE = 10_000;

export interface Window {
  /** Inclusive. */
  readonly from: number;
  /** Exclusive. */
  readonly to: number;
}

/** Only as deep as it costs nothing. Values that are not finite cannot come from Unity: they are words or null. */
const numbers = z.custom<readonly unknown[]>(Array.isArray);
const Line = z.object({ metric: z.object({ [SERIES]: z.coerce.number() }), values: numbers, timestamps: numbers });

export interface Rows {
  readonly series: number;
  readonly at: number[];
  readonly value: number[];
}

/** What the server has, line by line: each in order of time, and a series' own lines as well unless its labels changed. */
export async function* readLines(
  server: Server,
  series: readonly number[],
  { from, to }: Window,
): AsyncGenerator<Rows> {
  if (to <= from) return;
  for (const selector of selectSeries(server, series)) {
    const window = { start: instant(from), end: instant(to - 1), max_rows_per_line: String(ROWS_PER_LINE) };
    for await (const line of server.connection.lines("/api/v1/export", { "match[]": selector, ...window })) {
      if (line === "") continue;
      const { metric, values, timestamps } = Line.parse(JSON.parse(line));
      const rows: Rows = { series: metric[SERIES], at: [], value: [] };
      timestamps.forEach((at, index) => {
        const value = values[index];
        if (typeof at !== "number" || typeof value !== "number" || at < from || at >= to) return;
        rows.at.push(at);
        rows.value.push(value);
      });
      yield rows;
    }
  }
}

/** Every sample the server has of these series, each instant once. */
export async function readSamples(
  server: Server,
  series: readonly number[],
  window: Window,
): Promise<Map<number, Samples>> {
  const bySeries = new Map<number, Rows>();
  for await (const rows of readLines(server, series, window)) {
    const known = bySeries.get(rows.series);
    if (!known) bySeries.set(rows.series, rows);
    else {
      // Not spread: a line has more than a call may have arguments.
      for (const at of rows.at) known.at.push(at);
      for (const value of rows.value) known.value.push(value);
    }
  }
  return new Map([...bySeries].map(([id, rows]) => [id, toSamples(rows)]));
}

/** In order of time; of equal instants the first stays. */
function toSamples({ at, value }: Rows): Samples {
  const isOrdered = at.every((one, index) => index === 0 || one > (at[index - 1] ?? 0));
  if (isOrdered) return { at: Float64Array.from(at), value: Float64Array.from(value) };
  const order = at.map((_, index) => index).sort((a, b) => (at[a] ?? 0) - (at[b] ?? 0));
  const kept = order.filter((index, place) => place === 0 || at[index] !== at[order[place - 1] ?? 0]);
  return {
    at: Float64Array.from(kept, (index) => at[index] ?? 0),
    value: Float64Array.from(kept, (index) => value[index] ?? 0),
  };
}
