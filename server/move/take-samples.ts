import { setTimeout as pause } from "node:timers/promises";
import type { Samples } from "../metrics/chunks/codec/samples";
import { type MetricStore, StoreUnavailable } from "../metrics/store";

/** Handed over at once. */
const SAMPLES_PER_WRITE = 50_000;
/** A store lets a million wait. */
const SAMPLES_PER_FLUSH = 250_000;
/** While a store catches up. It says so itself when its database is away for longer. */
const TRIES = 120;
const TRY_AGAIN_MS = 500;

export interface Intake {
  /** Samples of one series. @throws StoreUnavailable; RangeError for what is not finite */
  write(series: number, samples: Samples): Promise<void>;
  /** Everything that was written is durable. @throws StoreUnavailable */
  flush(): Promise<void>;
}

/** Writes as fast as a store takes it, with bounded memory whatever the pace of its database. */
export function createIntake(store: MetricStore): Intake {
  let unflushed = 0;

  async function flush(): Promise<void> {
    await store.flush();
    unflushed = 0;
  }
  async function writeSome(batch: Parameters<MetricStore["write"]>[0]): Promise<void> {
    for (let tried = 1; ; tried++) {
      try {
        store.write(batch);
        return;
      } catch (error) {
        if (!(error instanceof StoreUnavailable) || tried === TRIES) throw error;
        await flush();
        await pause(TRY_AGAIN_MS);
      }
    }
  }

  return {
    async write(series, { at, value }) {
      for (let start = 0; start < at.length; start += SAMPLES_PER_WRITE) {
        const end = Math.min(at.length, start + SAMPLES_PER_WRITE);
        await writeSome({
          series: new Array<number>(end - start).fill(series),
          at: toNumbers(at, start, end),
          value: toNumbers(value, start, end),
        });
        unflushed += end - start;
        if (unflushed >= SAMPLES_PER_FLUSH) await flush();
      }
    },
    flush,
  };
}

/** Three times as fast as spreading: that asks an iterator for each. */
function toNumbers(column: Float64Array, start: number, end: number): number[] {
  const numbers = new Array<number>(end - start);
  for (let index = start; index < end; index++) numbers[index - start] = column[index] ?? 0;
  return numbers;
}
