import { type KnownSeries, listSeries, type Parts } from "./list-series";
import { wholeOf, writeMetricDocument } from "./metric-document";
import type { MetricDocument } from "./shapes/metric-document";

export interface DocumentQuestion {
  readonly instance?: string | undefined;
  readonly plugins: readonly string[];
  readonly metrics: readonly string[];
  readonly limit: number;
}

/** The newest value of each series as a document. @throws UnityError `not_found` */
export async function listDocuments(
  parts: Parts,
  asked: DocumentQuestion,
): Promise<{ at: number; total: number; documents: MetricDocument[] }> {
  const now = parts.clock.now();
  const known = await listSeries(parts, asked);
  const latest = new Map(parts.store.latest(known.map(({ series }) => series.id)).map((one) => [one.series, one]));
  const measured = known.filter(({ series }) => latest.has(series.id));
  const wholes = createWholes(parts);
  const documents = measured.slice(0, asked.limit).flatMap((one) => {
    const sample = latest.get(one.series.id);
    if (!sample) return [];
    const status = parts.ledger.status(one.instance.id);
    return [writeMetricDocument({ ...one, status, sample, whole: wholes(one) }, now)];
  });
  return { at: now, total: measured.length, documents };
}

/** What a value is a part of, of the same instance and labels. */
function createWholes({ series, store }: Pick<Parts, "series" | "store">) {
  return ({ instance, plugin, series: { metric, labels } }: KnownSeries): number | undefined => {
    const name = wholeOf(metric, (other) => Object.hasOwn(plugin.metrics, other));
    if (name === undefined) return undefined;
    const key = JSON.stringify(labels);
    const whole = series
      .ofInstance(instance.id)
      .find((one) => one.metric === name && JSON.stringify(one.labels) === key);
    return whole && store.latest([whole.id])[0]?.value;
  };
}
