import { formatText } from "../../components/format";
import { headlineOf, storedUnit } from "../describe/figures";
import { type KnownSeries, listSeries, type Parts, readColumns } from "./list-series";
import { type Columns, measureCourse } from "./measure-course";
import { type Candidate, compareNames, type Ranked, rankByQuestion, widen } from "./relevance";
import type { QueryContext } from "./shapes/query-context";

export interface ContextQuestion {
  readonly question: string;
  readonly from: number;
  readonly to: number;
  /** Ids; all of them when there is none. */
  readonly plugins: readonly string[];
  readonly limit: number;
}

/** Enough to see where it is heading. */
const POINTS = 120;

type Found = Candidate & { readonly known: KnownSeries };

/** Looks for what a question speaks of, and reads how that did. */
export async function findQueryContext(parts: Parts, asked: ContextQuestion): Promise<QueryContext> {
  const { store, clock } = parts;
  const all = await listSeries(parts, { plugins: asked.plugins });
  const candidates = all.map(candidateOf);
  const ranked = rankByQuestion(asked.question, candidates);
  // A question without a word that is known is answered by what pages show first.
  const chosen = (ranked.length > 0 ? ranked : mainFigures(candidates)).slice(0, asked.limit);
  const known = chosen.map(({ item }) => item.known);
  const columns = await readColumns(parts, known, { ...asked, maxPoints: POINTS });
  const latest = new Map(store.latest(known.map(({ series }) => series.id)).map((one) => [one.series, one]));
  const total = ranked.length > 0 ? ranked.length : chosen.length;
  return writeQueryContext(asked, { chosen, total, columns, latest, now: clock.now() });
}

interface Facts {
  readonly chosen: readonly Ranked<Found>[];
  readonly total: number;
  readonly columns: ReadonlyMap<number, Columns>;
  readonly latest: ReadonlyMap<number, { readonly at: number; readonly value: number }>;
  readonly now: number;
}

/** Pure: the same facts give the same context. */
function writeQueryContext(
  { question, from, to }: Pick<ContextQuestion, "question" | "from" | "to">,
  { chosen, total, columns, latest, now }: Facts,
): QueryContext {
  const plugins = new Map(chosen.map(({ item }) => [item.known.plugin.id, item.known.plugin]));
  return {
    question,
    timeframe: { from, to },
    plugins: [...plugins.values()].map(({ id, name, summary }) => ({ id, name, summary })),
    words: [...widen(question).keys()].toSorted(),
    metrics: chosen.map(({ item: { known }, score, words }) => {
      const { plugin, instance, series, spec, staleMs } = known;
      const unit = storedUnit(spec);
      const sample = latest.get(series.id);
      return {
        plugin: plugin.id,
        instance: { id: instance.id, name: instance.name, host: instance.host },
        metric: series.metric,
        description: spec.description,
        unit,
        labels: { ...series.labels },
        relevance: score,
        words: [...words],
        current: sample
          ? {
              at: sample.at,
              value: sample.value,
              text: formatText(sample.value, unit, now),
              fresh: now - sample.at <= staleMs,
            }
          : null,
        ...measureCourse(columns.get(series.id)),
      };
    }),
    total,
  };
}

const candidateOf = (known: KnownSeries): Found => ({
  metric: known.series.metric,
  description: known.spec.description,
  plugin: known.plugin,
  instance: known.instance,
  labels: known.series.labels,
  known,
});

function mainFigures(candidates: readonly Found[]): Ranked<Found>[] {
  return candidates
    .filter(({ known }) => headlineOf(known.plugin).some(({ metric }) => metric === known.series.metric))
    .toSorted(compareNames)
    .map((item) => ({ item, score: 0, words: [] }));
}
