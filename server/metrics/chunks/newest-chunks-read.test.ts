import { expect, test } from "vitest";
import type { SqlEngine } from "../../db/sql-engine";
import { HOUR_MS } from "../grid";
import { DAY_0 } from "../test-subject";
import { type ChunkStore, openChunkStore } from "./chunk-store";
import { withDatabase } from "./test-faulty-database";

const STEP_MS = 10_000;
const samples = (from: number, count: number) => ({
  series: new Array<number>(count).fill(1),
  at: Array.from({ length: count }, (_, index) => DAY_0 + (from + index) * STEP_MS),
  value: Array.from({ length: count }, (_, index) => from + index),
});

test("an hour that is partly sealed asks no database, and a longer one, or one with late samples, does", async () => {
  await withStore(async (store, questions) => {
    store.write(samples(0, 700));
    await store.seal();
    store.write(samples(700, 700));
    await store.seal();
    store.write(samples(1_400, 60));
    const to = DAY_0 + 1_460 * STEP_MS;
    const hour = { series: [1], from: to - HOUR_MS, to };
    expect(await questions(() => store.window(hour))).toMatchObject({ asked: 0, answer: [{ count: 360, min: 1_100 }] });
    const longer = { ...hour, from: DAY_0 };
    expect(await questions(() => store.window(longer))).toMatchObject({ asked: 1, answer: [{ count: 1_460 }] });

    store.write({ series: [1], at: [DAY_0 + 1_200 * STEP_MS + 1], value: [-1] });
    expect(await questions(() => store.window(hour))).toMatchObject({ asked: 1, answer: [{ count: 361, min: -1 }] });
    await store.seal();
    expect(await store.window(hour)).toMatchObject([{ count: 361, min: -1 }]);
  });
});

test("of a series that was forgotten nothing is in memory", async () => {
  await withStore(async (store, questions) => {
    store.write(samples(0, 360));
    await store.seal();
    await store.forget([1]);
    store.write(samples(1_000, 1));
    const all = { series: [1], from: DAY_0, to: DAY_0 + 10 * HOUR_MS };
    expect(await questions(() => store.window(all))).toMatchObject({ answer: [{ count: 1 }] });
  });
});

type Questions = <T>(work: () => Promise<T>) => Promise<{ asked: number; answer: T }>;

async function withStore(work: (store: ChunkStore, questions: Questions) => Promise<void>): Promise<void> {
  await withDatabase(async (file) => {
    let asked = 0;
    const engine: SqlEngine = {
      ...file,
      query(sql, params) {
        asked++;
        return file.query(sql, params);
      },
    };
    const store = await openChunkStore(engine, { name: "SQLite" });
    try {
      await work(store, async (ask) => {
        asked = 0;
        const answer = await ask();
        return { asked, answer };
      });
    } finally {
      await store.close();
    }
  });
}
