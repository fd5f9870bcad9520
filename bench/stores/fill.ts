import { setImmediate as nextTurn } from "node:timers/promises";
import { type MetricStore, StoreUnavailable } from "../../server/metrics/store";
import { generateSamples, type Size } from "../load/samples";

export interface Filled {
  readonly samples: number;
  /** Without making the samples. */
  readonly seconds: number;
}

/** As fast as the store takes them, until all are durable. Others get their turn after each batch, as in life. */
export async function fillStore(store: MetricStore, size: Size): Promise<Filled> {
  let samples = 0;
  let ms = 0;
  for (const batch of generateSamples(size)) {
    const startedAt = performance.now();
    await writeWhenTaken(store, batch);
    await nextTurn();
    ms += performance.now() - startedAt;
    samples += batch.series.length;
  }
  const startedAt = performance.now();
  await store.flush();
  return { samples, seconds: (ms + performance.now() - startedAt) / 1_000 };
}

/** A store that is full says so: whoever can wait, waits. */
export async function writeWhenTaken(store: MetricStore, batch: Parameters<MetricStore["write"]>[0]): Promise<void> {
  for (let tries = 0; ; tries++) {
    try {
      return store.write(batch);
    } catch (error) {
      if (!(error instanceof StoreUnavailable) || tries === 100) throw error;
      await store.flush();
    }
  }
}
