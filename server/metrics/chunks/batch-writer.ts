import { setImmediate as nextTurn } from "node:timers/promises";
import type { SqlEngine } from "../../db/sql-engine";
import { deflateBatch, encodeBatch } from "./codec/batch";
import { BATCH_SAMPLES, type Batch, type Together } from "./outbox";
import { putBatches } from "./tables";

/** Of one transaction: some hundred kilobytes. */
const MOST_TOGETHER = 6;

/** The write-ahead log of the heads: one row a flush. A flood waits for the disk once in many of them. */
export function createBatchWriter(engine: SqlEngine, writer: string): Together {
  const encoded = new WeakMap<Batch, Promise<Uint8Array>>();
  let turn: Promise<unknown> = Promise.resolve();

  function encode(batch: Batch): Promise<Uint8Array> {
    const known = encoded.get(batch);
    if (known) return known;
    // One a turn of the event loop, of which each takes a few milliseconds; they are deflated in other threads meanwhile.
    const plain = turn.then(() => encodeBatch(batch.series, batch.at, batch.value, batch.count));
    turn = plain.catch(() => undefined).then(() => nextTurn());
    // A full one is one of a flood: then the processor is short, and a tenth less to write is not worth a third of the work.
    const mine = batch.count < BATCH_SAMPLES ? plain.then(deflateBatch) : plain;
    mine.catch(() => encoded.delete(batch));
    encoded.set(batch, mine);
    return mine;
  }

  return {
    most: MOST_TOGETHER,
    prepare: (batch) => void encode(batch),
    async put(batches) {
      const rows = batches.map(async (batch) => ({ id: batch.id, samples: batch.count, data: await encode(batch) }));
      await engine.transaction([putBatches(writer, await Promise.all(rows))]);
    },
  };
}
