import { encodeBuckets } from "../metrics/chunks/codec/buckets";
import { encodeSamples } from "../metrics/chunks/codec/samples";
import type { MetricStore } from "../metrics/store";
import type { Source } from "./describe-source";
import { readOwnStarts } from "./own-starts";
import { type Header, type Piece, type Position, START, type Totals } from "./piece";
import { readRows } from "./read-rows";
import { listTables, RUNS } from "./tables";

const TIERS = [3_600, 86_400] as const;
const SERIES = "metric_series";

interface Wanted {
  readonly header: Header;
  /** Rows come always; of samples and rollups only what is after this. */
  readonly after?: Position;
  /** What an archive has already that goes on: no other series than these, and so much of everything. */
  readonly begun?: { readonly series: ReadonlySet<number>; readonly totals: Totals };
  readonly signal?: AbortSignal | undefined;
}

/** Everything in a database, in the order of `Piece`. @throws StoreUnavailable; the signal's reason */
export async function* readSource(
  source: Source,
  { header, after = START, begun, signal }: Wanted,
): AsyncGenerator<Piece> {
  const totals = { rows: 0, series: 0, samples: begun?.totals.samples ?? 0, rollups: begun?.totals.rollups ?? 0 };
  const ids: number[] = [];
  yield { kind: "header", header };
  for await (const piece of readTables(source, header)) {
    signal?.throwIfAborted();
    if (piece.table === SERIES) ids.push(...piece.rows.map(({ id }) => Number(id)));
    totals.rows += piece.rows.length;
    yield piece;
  }
  for (const piece of readOwnStarts(source.store)) {
    totals.rows += piece.rows.length;
    yield piece;
  }
  await source.tablesRead?.();
  const series = ids.filter((id) => begun?.series.has(id) ?? true).sort((a, b) => a - b);
  totals.series = series.length;
  for await (const piece of readMetrics(source.store, { series, header, after })) {
    signal?.throwIfAborted();
    totals[piece.kind] += piece.count;
    yield piece;
  }
  yield { kind: "end", totals: begun ? { ...totals, rows: begun.totals.rows } : totals };
}

async function* readTables({ connection: { db, schema } }: Source, { runs }: Header) {
  for (const table of listTables(schema)) {
    if (table.name !== RUNS || runs) yield* readRows(db, table);
  }
}

type MetricPiece = Piece & { kind: "samples" | "rollups" };

async function* readMetrics(
  store: MetricStore,
  { series, header, after }: { series: readonly number[]; header: Header; after: Position },
): AsyncGenerator<MetricPiece> {
  const left = series.filter((id) => id >= after.series);
  if (after.tierSeconds === 0) {
    for (const id of left)
      yield* readSamples(store, { series: id, from: id === after.series ? after.at + 1 : 0, to: header.until });
  }
  for (const tierSeconds of header.starts ? TIERS : []) {
    if (tierSeconds < after.tierSeconds) continue;
    const isBegun = tierSeconds === after.tierSeconds;
    for await (const piece of readRollups(store, { series: isBegun ? left : series, tierSeconds })) {
      if (!isBegun || piece.series !== after.series || piece.lastAt > after.at) yield piece;
    }
  }
}

async function* readSamples(
  store: MetricStore,
  { series, from, to }: { series: number; from: number; to: number },
): AsyncGenerator<MetricPiece> {
  for await (const { at, value } of store.export({ series: [series], from, to })) {
    const data = encodeSamples(new Float64Array(at), new Float64Array(value), at.length);
    yield { kind: "samples", series, data, count: at.length, lastAt: at.at(-1) ?? 0 };
  }
}

async function* readRollups(
  store: MetricStore,
  query: { series: readonly number[]; tierSeconds: (typeof TIERS)[number] },
): AsyncGenerator<MetricPiece> {
  if (!store.rollups) return;
  for await (const { series, tierSeconds, ...buckets } of store.rollups.export(query)) {
    const { at } = buckets;
    yield {
      kind: "rollups",
      tierSeconds,
      series,
      data: encodeBuckets(buckets),
      count: at.length,
      lastAt: at.at(-1) ?? 0,
    };
  }
}
