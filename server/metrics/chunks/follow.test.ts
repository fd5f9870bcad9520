import { expect, test } from "vitest";
import type { SqlEngine } from "../../db/sql-engine";
import { DAY_0 } from "../test-subject";
import { openChunkStore } from "./chunk-store";
import { encodeBatch } from "./codec/batch";
import { LOG, putBatches } from "./tables";
import { rows, withDatabase } from "./test-faulty-database";

const never = () => false;
const window = { series: [1, 2], from: DAY_0, to: DAY_0 + 1_000_000 };

/** One sample of series 1, into the log by hand. */
const putLogged = (engine: SqlEngine, id: number) => {
  const data = encodeBatch(Float64Array.of(1), Float64Array.of(DAY_0 + id), Float64Array.of(id), 1);
  return engine.transaction([putBatches(LOG, [{ id, samples: 1, data }])]);
};
const openFollower = (engine: SqlEngine) => openChunkStore(engine, { name: "SQLite", writer: "0a", others: never });

test("a batch that is written after a later one is seen, also by who came between the two", async () => {
  await withDatabase(async (engine) => {
    await putLogged(engine, 5);
    const follower = await openFollower(engine);
    await putLogged(engine, 4);
    await putLogged(engine, 7);
    await follower.meet();
    expect(await follower.window(window)).toMatchObject([{ count: 3 }]);
    await putLogged(engine, 6);
    await follower.meet();
    expect(await follower.window(window)).toMatchObject([{ count: 4 }]);
    await follower.close();
  });
});

test("what was sealed is learned of also when the database was lost in the middle of it", async () => {
  await withDatabase(async (file) => {
    let isLost = false;
    const engine: SqlEngine = {
      ...file,
      query: (sql, params) =>
        isLost && sql.includes("as waiting") ? Promise.reject(new Error("connection lost")) : file.query(sql, params),
    };
    const leader = await openChunkStore(file, { name: "SQLite" });
    const follower = await openFollower(engine);
    isLost = true;
    for (const series of [1, 2]) {
      leader.write(rows(series, 100));
      await leader.seal();
    }
    await expect(follower.meet()).rejects.toThrow("connection lost");
    isLost = false;
    await follower.meet();
    const stored = follower.usage?.().map((one) => [one.series, one.stored.samples]);
    expect(stored?.sort()).toEqual([
      [1, 100],
      [2, 100],
    ]);
    await follower.close();
    await leader.close();
  });
});
