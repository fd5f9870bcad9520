import { setTimeout as pause } from "node:timers/promises";
import type { Batch } from "../chunks/outbox";
import type { SampleBatch } from "../store";
import { Refused } from "./connection";
import { labelsOf, type NameSeries } from "./labels";
import { readSamples } from "./read-raw";
import { createRequestWriter, HEADERS, type Labels } from "./remote-write";
import type { Server } from "./server";

/** So long a renamed instance is written under its old name. */
const NAMES_FOR_MS = 60_000;

/** The server takes samples long before they are on its disk: one that crashes loses those of the last 20 s, so they are sent again. */
const SENT_FOR_MS = 30_000;
/** Of those, at most so many; 24 bytes each. */
const MOST_SENT = 500_000;

const SHOWN_AFTER_MS = 1_500;

/** Gives a batch to the server. One that failed may be given again. @throws Error when the server does not take it */
export type PutSamples = (batch: Batch) => Promise<void>;

/**
 * Sends batches by remote write. The server keeps two samples of one instant, so what may be there already is asked for first: samples
 * that are not newer than the newest of their series, and after a failure all of the batch and of those before, of which it may have some.
 * @param newest instants by series, of what is known to be there; kept up to date
 * @param knownFrom from here on, `newest` has every series that has a sample
 */
export function createPutSamples(
  server: Server,
  { nameSeries, newest, knownFrom }: { nameSeries: NameSeries; newest: Map<number, number>; knownFrom: number },
): PutSamples {
  let hasFailed = false;
  let sent: { batch: Batch; until: number }[] = [];
  let writer = createWriter();

  function createWriter() {
    const known = new Map<number, Labels | undefined>();
    return {
      until: Date.now() + NAMES_FOR_MS,
      async learn({ series, count }: Batch): Promise<void> {
        const fresh = [...new Set(series.subarray(0, count))].filter((id) => !known.has(id));
        if (fresh.length === 0) return;
        const names = await nameSeries(fresh);
        for (const id of fresh) {
          const mine = names.get(id);
          known.set(id, mine && labelsOf(id, server.database, mine));
        }
      },
      isKnown: (id: number) => known.get(id) !== undefined,
      toRequest: createRequestWriter((id) => known.get(id) ?? []),
    };
  }

  async function send(batch: Batch, again: boolean): Promise<void> {
    const { learn, isKnown, toRequest } = writer;
    await learn(batch);
    const all = rowsOf(batch).filter(({ series }) => isKnown(series));
    const late = all.filter(({ series, at }) => again || at <= (newest.get(series) ?? knownFrom));
    const isThere = await findThere(server, late, again);
    const rows = late.length === 0 ? all : all.filter(({ series, at }) => !isThere(series, at));
    if (rows.length > 0) await server.connection.send("POST", "/api/v1/write", toRequest(toBatch(rows)), HEADERS);
    for (const { series, at } of rows) if (at > (newest.get(series) ?? -1)) newest.set(series, at);
  }

  return async (batch) => {
    const again = hasFailed;
    hasFailed = true;
    if (writer.until <= Date.now()) writer = createWriter();
    if (again) for (const one of sent) await send(one.batch, true);
    await send(batch, again);
    hasFailed = false;
    sent = keepRecent([...sent, { batch, until: Date.now() + SENT_FOR_MS }]);
  };
}

/** The newest ones, within both bounds. */
function keepRecent<T extends { batch: Batch; until: number }>(sent: readonly T[]): T[] {
  const now = Date.now();
  const kept: T[] = [];
  let samples = 0;
  for (const one of sent.toReversed()) {
    samples += one.batch.count;
    if (one.until <= now || samples > MOST_SENT) break;
    kept.push(one);
  }
  return kept.reverse();
}

interface Row {
  readonly series: number;
  readonly at: number;
  readonly value: number;
}

const rowsOf = ({ series, at, value, count }: Batch): Row[] =>
  Array.from({ length: count }, (_, index) => ({
    series: series[index] ?? 0,
    at: at[index] ?? 0,
    value: value[index] ?? 0,
  }));

const toBatch = (rows: readonly Row[]): SampleBatch => ({
  series: rows.map(({ series }) => series),
  at: rows.map(({ at }) => at),
  value: rows.map(({ value }) => value),
});

/** Tells of late samples whether the server has one at their instant. @param fresh also what it was given a moment ago */
async function findThere(server: Server, late: readonly Row[], fresh: boolean) {
  if (late.length === 0) return () => false;
  if (fresh) await showAll(server);
  const instants = late.map(({ at }) => at);
  const from = instants.reduce((least, at) => Math.min(least, at));
  const to = instants.reduce((most, at) => Math.max(most, at)) + 1;
  const found = await readSamples(server, [...new Set(late.map(({ series }) => series))], { from, to });
  const there = new Map([...found].map(([id, { at }]) => [id, new Set(at)]));
  return (series: number, at: number) => there.get(series)?.has(at) ?? false;
}

/** Makes what was written visible. Servers that want a key for it, or do not know it, show it after a second: that is waited for. */
export const showAll = ({ connection }: Server): Promise<unknown> =>
  connection
    .send("GET", "/internal/force_flush")
    .catch((error: unknown) => (error instanceof Refused ? pause(SHOWN_AFTER_MS) : undefined));
