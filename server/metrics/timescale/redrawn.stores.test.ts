import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { describeWith } from "../../../scripts/stores/describe-with";
import type { SqlEngine } from "../../db/sql-engine";
import { createPostgresDatabase } from "../../db/test-servers";
import { folders } from "../../places";
import { DAY_MS } from "../grid";
import { createModel } from "../test-model";
import { DAY_0 } from "../test-subject";
import { setUpTimescale } from "./set-up";
import { connectPatiently } from "./test-connect";
import { openTimescaleStore } from "./timescale-store";

// As WebAssembly, on a busy machine.
vi.setConfig({ testTimeout: 240_000 });

const MINUTE_MS = 60_000;
const NOW = DAY_0 + 3 * DAY_MS + 40 * MINUTE_MS;
const RETENTION = { rawMs: 30 * DAY_MS, hourlyMs: 50 * DAY_MS, dailyMs: 500 * DAY_MS };

describeWith("timescale", (server) => {
  /** A database, and what it was asked to add up into buckets. */
  async function withDatabase(work: (engine: SqlEngine, asked: string[]) => Promise<void>): Promise<void> {
    const database = await createPostgresDatabase(server);
    const migrationsFolder = join(folders.migrations, "postgres");
    const { engine, close } = await connectPatiently(database.url, { migrationsFolder });
    await setUpTimescale(engine, { policies: null });
    const asked: string[] = [];
    const query: SqlEngine["query"] = (sql, params) => {
      if (sql.includes("buckets(series_id")) asked.push(sql);
      return engine.query(sql, params);
    };
    try {
      await work({ ...engine, query }, asked);
    } finally {
      await close();
      await database.drop();
    }
  }

  test("of a chart that is asked for again the database adds up what is new, and what changed", () =>
    withDatabase(async (engine, asked) => {
      const model = createModel();
      const open = () => openTimescaleStore(engine, { now: () => NOW });
      let store = await open();
      for (const series of [1, 2]) {
        const at = Array.from({ length: 40 * 24 }, (_, index) => NOW - (index + 1) * 4 * MINUTE_MS).reverse();
        model.write(
          store,
          at.map((one, index) => ({ series, at: one, value: Math.sin(index * series) * 100 })),
        );
      }
      // Of what is a day old, nothing is in memory then.
      await store.close();
      store = await open();
      const days = { series: [1, 2], from: NOW - 2 * DAY_MS, to: NOW, maxPoints: 400 };
      const ask = async (questions: number) => {
        asked.length = 0;
        await model.expectRange(store, days);
        expect(asked).toHaveLength(questions);
      };
      await ask(1);
      await ask(0);
      // A new one, a late one, and one that is late for the rollups, too.
      model.write(store, [{ series: 1, at: NOW - 1, value: 7 }]);
      await ask(1);
      await ask(0);
      model.write(store, [{ series: 2, at: NOW - DAY_MS + 1, value: 1_000 }]);
      await ask(1);
      await ask(0);
      await store.rollUp(NOW);
      model.write(store, [{ series: 1, at: NOW - DAY_MS + 2, value: -1_000 }]);
      await model.expectRange(store, days);
      await ask(0);
      // What is dropped, brought along or forgotten makes it ask for everything.
      await store.prune(NOW, RETENTION);
      await ask(1);
      await store.forget([3]);
      await ask(1);
      await ask(0);
      await store.close();
    }));
});
