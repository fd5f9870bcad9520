import type { SqlEngine } from "../../db/sql-engine";
import { toMilliseconds, toTime } from "./instants";

export interface Span {
  readonly from: number;
  /** Exclusive. */
  readonly to: number;
}

/** Where a hypertable has chunks: those that overlap the window, in order. */
export async function listChunks(engine: SqlEngine, hypertable: string, { from, to }: Span): Promise<Span[]> {
  const rows = await engine.query(
    `select ${toMilliseconds("range_start")}, ${toMilliseconds("range_end")} from timescaledb_information.chunks
     where hypertable_schema = current_schema() and hypertable_name = ? and range_end > ${toTime()} and range_start < ${toTime()}
     order by range_start`,
    [hypertable, from, to],
  );
  return rows.map(([start, end]) => ({ from: Number(start), to: Number(end) }));
}

/** Neighbours together, as long as they span no more than this. */
export function joinSpans(spans: readonly Span[], mostMs: number): Span[] {
  const joined: Span[] = [];
  for (const span of spans) {
    const last = joined.at(-1);
    if (last && span.from <= last.to && span.to - last.from <= mostMs)
      joined[joined.length - 1] = { ...last, to: Math.max(last.to, span.to) };
    else joined.push(span);
  }
  return joined;
}

/** What is left of spans inside a window, in whole units; those with nothing are left out. */
export function clipSpans(spans: readonly Span[], window: Span, unit: number): Span[] {
  return spans.flatMap(({ from, to }) => {
    const start = Math.max(window.from, Math.floor(from / unit) * unit);
    const end = Math.min(window.to, Math.ceil(to / unit) * unit);
    return end > start ? [{ from: start, to: end }] : [];
  });
}
