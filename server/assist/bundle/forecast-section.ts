import { storedUnit } from "../../describe/figures";
import { type KnownSeries, type Parts, readColumns } from "../list-series";
import { type Columns, fitLine, LEAST_FIT, tidy } from "../measure-course";
import { labelWords, wholeOf } from "../metric-document";
import { compare } from "../relevance";
import { isoOf, type Line, type Section, writeLine } from "./line";
import type { Windows } from "./read-windows";

const DAY_MS = 86_400_000;
/** A burst shows in a day, a slow growth in a week; the sooner end counts. */
const SPANS_MS = [DAY_MS, 7 * DAY_MS] as const;
const POINTS = 170;
/** Two errors of the slope to either side. */
const BAND = 2;
/** Beyond, nobody believes a straight line. */
const MOST_DAYS = 3_650;

/** Room that can run out: what is free of a disk, pool or repository. Memory and its caches come and go. */
export const isRoom = ({ series, spec }: KnownSeries): boolean =>
  storedUnit(spec) === "bytes" &&
  /_(available|free)_bytes$/.test(series.metric) &&
  !/memory|swap|cache|ram_|buffer/.test(series.metric);

/** When something is full by a straight line: days from now, with the band that two errors of its slope make. */
export interface FullIn {
  readonly perDay: number;
  readonly days: number;
  readonly soonest: number;
  /** null: it may as well never be. */
  readonly latest: number | null;
  readonly overDays: number;
}

/** Pure. @param courses of free room, each over another span; undefined: it is not filling */
export function findFullIn(free: number, courses: readonly Columns[]): FullIn | undefined {
  const found = courses.flatMap((course) => {
    const line = fitLine(course);
    if (!line || line.fit < LEAST_FIT || line.slope >= 0) return [];
    const days = free / -line.slope / DAY_MS;
    if (days > MOST_DAYS) return [];
    const slowest = -line.slope - BAND * line.slopeError;
    return [
      {
        perDay: line.slope * DAY_MS,
        days,
        soonest: free / (-line.slope + BAND * line.slopeError) / DAY_MS,
        latest: slowest > 0 ? free / slowest / DAY_MS : null,
        overDays: line.spanMs / DAY_MS,
      },
    ];
  });
  return found.toSorted((a, b) => a.days - b.days)[0];
}

/** What fills, the first on top; then what does not, the fullest on top. */
export async function forecastSection(
  parts: Parts,
  known: readonly KnownSeries[],
  { to, windows }: { readonly to: number; readonly windows: Windows },
): Promise<Section> {
  const rooms = known.filter(isRoom).filter((one) => windows.lastOf(one) !== undefined);
  const spans = await Promise.all(
    SPANS_MS.map((span) => readColumns(parts, rooms, { from: to - span, to, maxPoints: POINTS })),
  );
  const wholes = indexWholes(known);
  const lines = rooms.map((room) => {
    const free = windows.lastOf(room) ?? 0;
    const whole = wholes.get(
      keyOf(
        room,
        wholeOf(room.series.metric, () => true),
      ),
    );
    const size = whole && windows.lastOf(whole);
    const full = findFullIn(
      free,
      spans.flatMap((columns) => columns.get(room.series.id) ?? []),
    );
    return { room, line: lineOf(room, { free, size, full, to }), days: full?.days, used: size ? 1 - free / size : 0 };
  });
  const sorted = lines.toSorted(
    (a, b) =>
      (a.days ?? Number.POSITIVE_INFINITY) - (b.days ?? Number.POSITIVE_INFINITY) ||
      b.used - a.used ||
      compare(keyOf(a.room, a.room.series.metric), keyOf(b.room, b.room.series.metric)),
  );
  return { name: "forecast", lines: sorted.map(({ line }) => line) };
}

/** What can be the whole of something, under the name that its first guess has. */
function indexWholes(known: readonly KnownSeries[]): ReadonlyMap<string, KnownSeries> {
  const wholes = new Map<string, KnownSeries>();
  for (const one of known) {
    const plain = one.series.metric.replace(/_(total|limit|quota)_bytes$/, "_size_bytes");
    if (plain.endsWith("_size_bytes")) wholes.set(keyOf(one, plain), one);
  }
  return wholes;
}

const keyOf = ({ instance, series }: KnownSeries, metric: string | undefined) =>
  [instance.host, instance.id, metric, labelWords(series.labels)].join("\n");

function lineOf(
  { instance, series }: KnownSeries,
  { free, size, full, to }: { free: number; size: number | undefined; full: FullIn | undefined; to: number },
): Line {
  return writeLine(instance, {
    kind: "forecast",
    what: series.labels.mount ?? series.labels.pool ?? series.labels.dataset ?? labelWords(series.labels),
    instance: instance.name,
    host: instance.host,
    metric: series.metric,
    labels: series.labels,
    free_bytes: Math.round(free),
    size_bytes: size === undefined ? null : Math.round(size),
    used_ratio: size ? tidy(1 - free / size) : null,
    ...(full
      ? {
          days_until_full: toTenth(full.days),
          full_at: isoOf(to + full.days * DAY_MS),
          band_days: [toTenth(full.soonest), full.latest === null ? "never" : toTenth(full.latest)],
          bytes_per_day: Math.round(full.perDay),
          from_days: toTenth(full.overDays),
        }
      : { filling: false }),
  });
}

const toTenth = (value: number) => Math.round(value * 10) / 10;

/** Certificates by what is left of them. */
export function certificateSection(
  known: readonly KnownSeries[],
  { to, windows }: { to: number; windows: Windows },
): Section {
  const lines = known.flatMap((one) => {
    const { instance, series, spec } = one;
    const unit = storedUnit(spec);
    const value =
      IS_END.test(series.metric) && !/warning|critical/.test(series.metric) ? windows.lastOf(one) : undefined;
    if (value === undefined || (unit !== "seconds" && unit !== "timestamp_seconds")) return [];
    const left = unit === "seconds" ? value : value - to / 1_000;
    const line = writeLine(instance, {
      kind: "certificate",
      target: series.labels.target ?? labelWords(series.labels),
      instance: instance.name,
      host: instance.host,
      days_left: toTenth(left / 86_400),
      expires: isoOf(to + left * 1_000),
    });
    return [{ left, key: keyOf(one, ""), line }];
  });
  // One that is told twice, as time left and as an instant, is one.
  const once = new Map(lines.toSorted((a, b) => b.left - a.left).map((one) => [one.key, one]));
  const sorted = [...once.values()].toSorted((a, b) => a.left - b.left || compare(a.key, b.key));
  return { name: "certificate", lines: sorted.map(({ line }) => line) };
}

const IS_END = /certificate_(remaining|expiry|expires|not_after|valid)\w*seconds$|cert_expiry\w*seconds$/;
export const isCertificate = ({ series }: KnownSeries): boolean => IS_END.test(series.metric);
