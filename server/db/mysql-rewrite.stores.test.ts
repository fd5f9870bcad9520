import { join } from "node:path";
import { createConnection } from "mysql2/promise";
import { afterEach, beforeEach, expect, test } from "vitest";
import { describeWith } from "../../scripts/stores/describe-with";
import type { Connection } from "./database";
import { openMysql } from "./mysql";
import type { Insert } from "./sql-engine";
import { createMysqlDatabase, migrationsRoot, type TestDatabase } from "./test-servers";

const CHUNKS = "plugin_metrics_chunk";
const SERIES = 500;

/** One of each series, as a seal writes them: between those that are there. */
const chunks = (at: number): Insert => ({
  into: CHUNKS,
  columns: ["series", "start_at", "end_at", "samples", "sum", "min", "max", "last", "data"],
  rows: Array.from({ length: SERIES }, (_, index) => {
    const data = Uint8Array.from({ length: 1_400 }, (_, place) => (place * at * 7 + index) % 251);
    return [index + 1, at, at, 1, 1, 1, 1, 1, data];
  }),
  conflict: { key: ["series", "start_at"], keep: "new" },
});

describeWith("mysql", (server) => {
  let database: TestDatabase;
  let connection: Connection;
  beforeEach(async () => {
    database = await createMysqlDatabase(server);
    connection = await openMysql(database.url, { migrationsFolder: join(migrationsRoot, "mysql") });
    for (let at = 1; at <= 8; at++) await connection.engine.transaction([chunks(at)]);
  });
  afterEach(async () => {
    await connection.close();
    await database.drop();
  });
  const size = async () => (await connection.engine.sizes([CHUNKS]))[0] ?? 0;
  const read = () => connection.engine.query(`select series, start_at, data from ${CHUNKS} order by series, start_at`);

  test("the air of a night is given back; rows are as they were, and come in meanwhile", async () => {
    const [before, rows] = [await size(), await read()];
    await Promise.all([connection.engine.pack([CHUNKS]), connection.engine.transaction([chunks(9)])]);
    // A slow disk makes it give up, and what was written meanwhile makes new air.
    await connection.engine.pack([CHUNKS]);
    expect(await size()).toBeLessThan(0.75 * before);
    const after = await read();
    expect(after.filter(([, at]) => at !== 9)).toEqual(rows);
    expect(after.length).toBe(rows.length + SERIES);
  });

  test("a table that somebody is reading stays as it is, nobody waits long, and it is packed the next time", async () => {
    const before = await size();
    const reader = await createConnection({ uri: database.url });
    try {
      await reader.query("begin");
      await reader.query(`select count(*) from ${CHUNKS}`);
      const packing = connection.engine.pack([CHUNKS]);
      const startedAt = performance.now();
      await connection.engine.transaction([chunks(9)]);
      await packing;
      expect(performance.now() - startedAt).toBeLessThan(10_000);
      expect(await size()).toBeGreaterThanOrEqual(before);
    } finally {
      await reader.end();
    }
    const [[patience]] = (await connection.engine.query("select @@session.lock_wait_timeout")) as [[number]];
    expect(patience).toBeGreaterThan(60);
    await connection.engine.pack([CHUNKS]);
    expect(await size()).toBeLessThan(before);
  });
});
