import type { z } from "zod";
import { formatText } from "../../components/format";
import { storedUnit } from "../describe/figures";
import type { WindowSummary } from "../metrics/store";
import type { KnownSeries, Parts } from "./list-series";
import { tidy } from "./measure-course";
import { clauseOf, labelWords } from "./metric-document";
import { compare } from "./relevance";
import type { Moved as MovedShape } from "./shapes/alert-analysis";

export type Moved = z.output<typeof MovedShape>;

/** The time before is so many times as long as the window. */
const BEFORE_TIMES = 4;
/** What moved by less than so many widths of what it did before stayed as it was. */
const LEAST_SCORE = 2;
/** What moves by less than this part of its own size says nothing, however calm it was before. */
const LEAST_PART = 0.05;
/** And by less than this, in its unit. */
const LEAST: Readonly<Record<string, number>> = { ratio: 0.01, bool: 0.1, celsius: 0.5 };
/** Of one metric of one instance, so that forty cores are not all that is told. */
const MOST_OF_METRIC = 2;
/** Series that are compared. More would keep a store busy for an answer that nobody reads to the end. */
const MOST_SERIES = 4_000;
/** Instants move by themselves. */
const WITHOUT: ReadonlySet<string> = new Set(["timestamp_seconds"]);
/** A counter of errors of Unity's own, and how long runs take, are about Unity. */
const OWN = /^unity_collector_(duration|errors|last)/;

/** Compares a window with the time before it, series by series: the most changed first. */
export async function findMoved(
  { store }: Pick<Parts, "store">,
  candidates: readonly KnownSeries[],
  { from, to, limit }: { from: number; to: number; limit: number },
): Promise<Moved[]> {
  const known = candidates
    .filter(({ spec, series }) => !WITHOUT.has(storedUnit(spec)) && !OWN.test(series.metric))
    .slice(0, MOST_SERIES);
  const ids = known.map(({ series }) => series.id);
  const read = async (start: number, end: number) => {
    const windows = await store.top({ series: ids, from: start, to: end, by: "avg", limit: ids.length });
    return new Map(windows.map((one) => [one.series, one]));
  };
  const before = await read(from - BEFORE_TIMES * (to - from), from);
  const now = await read(from, to);
  return rankMoved(known, before, now, limit);
}

/** Pure. */
export function rankMoved(
  known: readonly KnownSeries[],
  before: ReadonlyMap<number, WindowSummary>,
  now: ReadonlyMap<number, WindowSummary>,
  limit: number,
): Moved[] {
  const ranked = known
    .flatMap((one) => {
      const [was, is] = [before.get(one.series.id), now.get(one.series.id)];
      const score = was && is ? scoreOf(was, is, storedUnit(one.spec)) : 0;
      return was && is && score >= LEAST_SCORE ? [{ one, was, is, score }] : [];
    })
    .toSorted((a, b) => b.score - a.score || compare(keyOf(a.one), keyOf(b.one)));
  const told = new Map<string, number>();
  const kept = ranked.filter(({ one: { instance, series } }) => {
    const key = `${instance.id} ${series.metric}`;
    const count = (told.get(key) ?? 0) + 1;
    told.set(key, count);
    return count <= MOST_OF_METRIC;
  });
  return kept.slice(0, limit).map(({ one, was, is, score }) => describeMoved(one, was.avg, is.avg, score));
}

/** How far an average moved, in widths of what it did before. */
function scoreOf(was: WindowSummary, is: WindowSummary, unit: string): number {
  const size = Math.max(Math.abs(was.avg), Math.abs(is.avg));
  const width = Math.max((was.max - was.min) / 2, size * LEAST_PART, LEAST[unit] ?? 0);
  return width === 0 ? 0 : Math.round((Math.abs(is.avg - was.avg) / width) * 10) / 10;
}

function describeMoved({ instance, series, spec }: KnownSeries, before: number, now: number, score: number): Moved {
  const unit = storedUnit(spec);
  const labels = labelWords(series.labels);
  const of = `${instance.name} on ${instance.host}${labels === "" ? "" : `, ${labels}`}`;
  const word = now > before ? "rose" : "fell";
  const [was, is] = [
    formatText(before, unit === "bool" ? "ratio" : unit),
    formatText(now, unit === "bool" ? "ratio" : unit),
  ];
  return {
    instance: { id: instance.id, name: instance.name, host: instance.host },
    metric: series.metric,
    unit,
    labels: { ...series.labels },
    before: tidy(before),
    now: tidy(now),
    score,
    sentence: `${of}: ${clauseOf(spec.description)} ${word} from ${was} to ${is}.`,
  };
}

const keyOf = ({ instance, series }: KnownSeries) =>
  [instance.host, instance.name, series.metric, labelWords(series.labels)].join("\n");
