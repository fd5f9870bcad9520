import type { Outbox } from "../chunks/outbox";
import { requireSamples } from "../require-samples";
import type { Latest, SampleBatch } from "../store";
import type { KnownReach } from "./known-reach";
import type { Memory } from "./memory";
import type { UsageBook } from "./usage";

/** Where samples go that come in. */
export interface Intake {
  /** @throws RangeError, StoreUnavailable: see `MetricStore.write` */
  write(batch: SampleBatch): void;
  /** Of another process: they are in the database, or will be. */
  see(batch: SampleBatch): void;
}

interface Parts {
  readonly outbox: Outbox;
  readonly known: KnownReach;
  readonly latest: Map<number, Latest>;
  readonly memory: Memory;
  readonly usage: UsageBook;
}

export function createIntake({ outbox, known, latest, memory, usage }: Parts): Intake {
  /** What lies before the raw samples is rolled up for good, and its neighbours are gone. */
  function* kept({ series, at, value }: SampleBatch): Generator<Latest> {
    for (let index = 0; index < series.length; index++) {
      const instant = at[index] ?? 0;
      // Plus 0: there is one zero.
      if (instant >= known.rawFromOf(series[index] ?? 0))
        yield { series: series[index] ?? 0, at: instant, value: (value[index] ?? 0) + 0 };
    }
  }

  function note(sample: Latest): void {
    usage.add(sample.series, sample.at);
    if (sample.at > (latest.get(sample.series)?.at ?? -1)) latest.set(sample.series, sample);
  }

  return {
    write(batch) {
      requireSamples(batch);
      outbox.requireRoom(batch.series.length);
      const own = memory.heads();
      const buckets = memory.buckets();
      for (const sample of kept(batch)) {
        const { series, at, value } = sample;
        if (own && !own.add(series, at, value)) continue;
        outbox.add(series, at, value);
        buckets?.touch(series, at);
        note(sample);
      }
    },
    see(batch) {
      memory.heads()?.block(batch.series);
      memory.buckets()?.forget(batch.series);
      for (const sample of kept(batch)) note(sample);
    },
  };
}
