import { createHash } from "node:crypto";
import { and, eq, inArray } from "drizzle-orm";
import type { Labels } from "../../plugins/sdk/plugin";
import type { Connection } from "../db/database";
import { seriesKey, sortLabels } from "./series-key";

export interface SeriesFacts {
  readonly id: number;
  readonly instanceId: string;
  readonly metric: string;
  readonly labels: Labels;
}
/** What names a series within its instance; `key` is unique per metric and labels. */
interface SeriesName {
  readonly metric: string;
  readonly labels: Labels;
  readonly key: string;
}

/** Beyond this an instance gets no new series: a runaway label must not fill the disk. */
const MAX_SERIES_PER_INSTANCE = 5_000;

export interface SeriesIndex {
  /**
   * Ids in the order of the names; undefined where the instance is at its bound. New series are stored first.
   * @param most the bound, where it is another than for instances that are asked
   */
  identify(
    instanceId: string,
    names: readonly SeriesName[],
    now: number,
    most?: number,
  ): Promise<(number | undefined)[]>;
  /** As `identify`, without the database: undefined where the series is new. */
  known(instanceId: string, names: readonly SeriesName[]): (number | undefined)[];
  /** Reads series that another process made: these, or all. */
  load(ids?: readonly number[]): Promise<void>;
  ofInstance(instanceId: string): readonly SeriesFacts[];
  countOf(instanceId: string): number;
  get(id: number): SeriesFacts | undefined;
  count(): number;
  /** Forgets an instance's series; the answer names them, so that the store can drop their samples. */
  forget(instanceId: string): Promise<number[]>;
}

/** Every known series in memory, one look-up a reading. About 300 bytes a series. */
export async function openSeriesIndex({ db, schema, dialect }: Connection): Promise<SeriesIndex> {
  const { metricSeries } = schema;
  const byInstance = new Map<string, Map<string, SeriesFacts>>();
  const byId = new Map<number, SeriesFacts>();

  /** Rows come with texts of their own, the same ones again and again: `once` has each one time. */
  const remember = ({ id, instanceId, metric, labels }: SeriesFacts, once: Once) => {
    const row = { id, instanceId: once(instanceId), metric: once(metric), labels: mapValues(labels, once) };
    const known = byInstance.get(row.instanceId) ?? new Map<string, SeriesFacts>();
    known.set(seriesKey(row.metric, sortLabels(row.labels)), row);
    byInstance.set(row.instanceId, known);
    byId.set(id, row);
  };
  const columns = {
    id: metricSeries.id,
    instanceId: metricSeries.instanceId,
    metric: metricSeries.metric,
    labels: metricSeries.labels,
  };
  async function load(ids?: readonly number[]): Promise<void> {
    const wanted = ids && inArray(metricSeries.id, [...ids]);
    const once = createOnce();
    for (const row of await db.select(columns).from(metricSeries).where(wanted).orderBy(metricSeries.id)) {
      if (!byId.has(row.id)) remember(row, once);
    }
  }
  await load();

  async function add(instanceId: string, names: readonly SeriesName[], now: number): Promise<void> {
    const rows = names.map(({ metric, labels, key }) => ({
      instanceId,
      metric,
      labels,
      hash: hashLabels(key),
      createdAt: now,
    }));
    const once = createOnce();
    // Those of the plugin and its configuration stay anyway.
    for (const { metric, labels } of names)
      for (const text of [instanceId, metric, ...Object.values(labels)]) once(text);
    // 100 rows stay far below every dialect's bound of parameters.
    for (let start = 0; start < rows.length; start += 100) {
      const part = rows.slice(start, start + 100);
      await dialect.insertIgnore(db, metricSeries, part);
      const hashes = part.map((row) => row.hash);
      const mine = and(eq(metricSeries.instanceId, instanceId), inArray(metricSeries.hash, hashes));
      const stored = await db.select(columns).from(metricSeries).where(mine).orderBy(metricSeries.id);
      for (const row of stored) remember(row, once);
    }
  }

  return {
    async identify(instanceId, names, now, most = MAX_SERIES_PER_INSTANCE) {
      const known = byInstance.get(instanceId);
      const fresh = names.filter(({ key }) => !known?.has(key));
      const room = most - (known?.size ?? 0);
      if (fresh.length > 0 && room > 0) await add(instanceId, fresh.slice(0, room), now);
      const all = byInstance.get(instanceId);
      return names.map(({ key }) => all?.get(key)?.id);
    },
    known(instanceId, names) {
      const all = byInstance.get(instanceId);
      return names.map(({ key }) => all?.get(key)?.id);
    },
    load,
    ofInstance: (instanceId) => [...(byInstance.get(instanceId)?.values() ?? [])],
    countOf: (instanceId) => byInstance.get(instanceId)?.size ?? 0,
    get: (id) => byId.get(id),
    count: () => byId.size,
    async forget(instanceId) {
      const ids = [...(byInstance.get(instanceId)?.values() ?? [])].map(({ id }) => id);
      byInstance.delete(instanceId);
      for (const id of ids) byId.delete(id);
      for (let start = 0; start < ids.length; start += 500) {
        await db.delete(metricSeries).where(inArray(metricSeries.id, ids.slice(start, start + 500)));
      }
      return ids;
    },
  };
}

type Once = (text: string) => string;

/** The first text of those that are equal. */
function createOnce(): Once {
  const texts = new Map<string, string>();
  return (text) => {
    const there = texts.get(text);
    if (there === undefined) texts.set(text, text);
    return there ?? text;
  };
}

const mapValues = (labels: Labels, change: Once): Labels =>
  Object.fromEntries(Object.entries(labels).map(([name, value]) => [name, change(value)]));

/** Of a `seriesKey`: short enough for an index of every database. */
export const hashLabels = (key: string) => createHash("sha256").update(key).digest("base64url");
