/** What a page looks at: a window that runs with the clock, or a fixed one. */
export type TimeRange =
  | { readonly kind: "last"; readonly ms: number }
  | { readonly kind: "fixed"; readonly from: number; readonly to: number };

export interface ChartSelection {
  readonly instance: string;
  readonly metrics: string[];
  readonly where?: Record<string, string>;
  readonly maxLines?: number;
}

export const PRESETS = [
  { key: "15m", ms: 900_000, name: "15 min" },
  { key: "1h", ms: 3_600_000, name: "1 hour" },
  { key: "6h", ms: 21_600_000, name: "6 hours" },
  { key: "24h", ms: 86_400_000, name: "24 hours" },
  { key: "7d", ms: 604_800_000, name: "7 days" },
  { key: "30d", ms: 2_592_000_000, name: "30 days" },
  { key: "1y", ms: 31_536_000_000, name: "1 year" },
] as const;

export const DEFAULT_RANGE: TimeRange = { kind: "last", ms: 3_600_000 };

/** As many points as a chart of common width can show. */
const POINTS = 480;

/** The range in a URL: `?range=6h` (minutes, hours, days, years), or `?from=...&to=...` in epoch milliseconds. What cannot be read is the default. */
export function parseRange(params: { get(name: string): string | null }): TimeRange {
  const from = Number(params.get("from"));
  const to = Number(params.get("to"));
  if (Number.isSafeInteger(from) && Number.isSafeInteger(to) && from > 0 && to > from)
    return { kind: "fixed", from, to };
  const written = SPAN.exec(params.get("range") ?? "");
  const ms = written ? Number(written[1]) * (UNIT_MS[written[2] ?? ""] ?? 0) : 0;
  return ms > 0 ? { kind: "last", ms: Math.min(ms, LONGEST_MS) } : DEFAULT_RANGE;
}

const SPAN = /^(\d{1,7})([mhdy])$/;
const UNIT_MS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000, y: 31_536_000_000 };
/** Ten years: the server refuses more. */
const LONGEST_MS = 10 * 365 * 86_400_000;

export function rangeParams(range: TimeRange): Record<string, string> {
  if (range.kind === "fixed") return { from: String(Math.round(range.from)), to: String(Math.round(range.to)) };
  const preset = PRESETS.find(({ ms }) => ms === range.ms);
  return { range: preset?.key ?? `${Math.max(1, Math.round(range.ms / 60_000))}m` };
}

export function windowOf(range: TimeRange, now: number): { from: number; to: number; maxPoints: number } {
  const { from, to } = range.kind === "fixed" ? range : { from: now - range.ms, to: now };
  return { from: Math.max(0, Math.round(from)), to: Math.round(to), maxPoints: POINTS };
}

/** The cache key of a chart's data. A running window keeps its key while it moves. */
export const rangeKey = (selection: ChartSelection, range: TimeRange) => ["range", selection, range] as const;

const SHORTEST_MS = 60_000;

/** One window back or forward; forward ends at now, where the window runs again. */
export function moveRange(range: TimeRange, direction: -1 | 1, now: number): TimeRange {
  const { from, to } = windowOf(range, now);
  const span = to - from;
  if (direction === 1 && to + span >= now) return { kind: "last", ms: span };
  return { kind: "fixed", from: from + direction * span, to: to + direction * span };
}

/** Twice as long around the same middle, ending now at the latest. */
export function zoomOut(range: TimeRange, now: number): TimeRange {
  const { from, to } = windowOf(range, now);
  const span = Math.min((to - from) * 2, LONGEST_MS);
  if (range.kind === "last") return { kind: "last", ms: span };
  const end = Math.min(now, (from + to) / 2 + span / 2);
  return { kind: "fixed", from: end - span, to: end };
}

/** What was dragged over, at least a minute. */
export function zoomTo(from: number, to: number): TimeRange {
  const middle = (from + to) / 2;
  const half = Math.max(to - from, SHORTEST_MS) / 2;
  return { kind: "fixed", from: Math.round(middle - half), to: Math.round(middle + half) };
}
