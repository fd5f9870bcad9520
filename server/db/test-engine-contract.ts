import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Insert, SqlEngine, SqlValue } from "./sql-engine";

export interface OpenEngine {
  readonly engine: SqlEngine;
  close(): Promise<void>;
}

const HEAD = [
  "series",
  "sealed_batch",
  "first_at",
  "last_at",
  "last_value",
  "chunk_at",
  "chunk_samples",
  "samples",
  "bytes",
];
const chunk = (series: number, startAt: number, data: Uint8Array, numbers: readonly number[] = [1, 2, 3, 4]) => [
  series,
  startAt,
  startAt + 1,
  1,
  ...numbers,
  data,
];
const CHUNK = ["series", "start_at", "end_at", "samples", "sum", "min", "max", "last", "data"];
const chunks = (rows: Insert["rows"], keep?: "old" | "new"): Insert => ({
  into: "plugin_metrics_chunk",
  columns: CHUNK,
  rows,
  ...(keep && { conflict: { key: ["series", "start_at"], keep } }),
});

/** What the sample stores rely on. `open` gives an empty, migrated database. */
export function describeSqlEngine(name: string, open: () => Promise<OpenEngine>): void {
  describe(`SqlEngine on ${name}`, () => {
    let opened: OpenEngine;
    let engine: SqlEngine;
    beforeAll(async () => {
      opened = await open();
      engine = opened.engine;
    }, 60_000);
    afterAll(() => opened?.close());
    const empty = (table = "plugin_metrics_chunk") => ({ sql: `delete from ${table}` });
    const readChunks = () =>
      engine.query("select series, start_at, last, data from plugin_metrics_chunk order by series, start_at");

    test("numbers come back as they went in", async () => {
      const values = [0, 5e-324, 1.7976931348623157e308, 0.1, 1 / 3, 1e21, 123456789012345680000, -2.5e-7, 2 ** 53];
      const rows = values.map((value, at) => chunk(1, at, new Uint8Array(), [value, value, value, value]));
      await engine.transaction([empty(), chunks(rows)]);
      const found = await engine.query("select sum, min, max, last from plugin_metrics_chunk order by start_at");
      expect(found).toEqual(values.map((value) => [value, value, value, value]));
    });

    test("whole numbers are numbers, whatever their width", async () => {
      const widest = Number.MAX_SAFE_INTEGER;
      const row = [7, widest, -widest, 1_795_478_400_123, 0.5, 0, 2 ** 31 - 1, widest, 0];
      const head = { into: "plugin_metrics_head", columns: HEAD, rows: [row, [8, 0, 0, 0, 0, 0, 0, 0, 3]] };
      await engine.transaction([empty("plugin_metrics_head"), head]);
      expect(await engine.query(`select ${HEAD} from plugin_metrics_head where series = ?`, [7])).toEqual([row]);
      expect(
        await engine.query(
          "select count(*), sum(chunk_samples), sum(bytes), max(samples), min(first_at), avg(last_value) from plugin_metrics_head",
        ),
      ).toEqual([[2, 2 ** 31 - 1, 3, widest, -widest, 0.25]]);
      expect(await engine.query("select sum(samples) from plugin_metrics_head where series = ?", [99])).toEqual([
        [null],
      ]);
    });

    test("bytes come back as bytes, the empty and the long ones too", async () => {
      const pool = new Uint8Array(1_000).map((_, index) => index);
      const parts = [new Uint8Array(), pool.subarray(200, 456), Buffer.from("ä"), new Uint8Array(3_000_000).fill(255)];
      await engine.transaction([empty(), chunks(parts.map((data, at) => chunk(1, at, data)))]);
      const found = await engine.query("select data from plugin_metrics_chunk order by start_at");
      for (const [index, part] of parts.entries()) {
        const data = found[index]?.[0];
        expect(data).toBeInstanceOf(Uint8Array);
        expect(Buffer.compare(data as Uint8Array, part)).toBe(0);
      }
      // What was handed in is still the caller's.
      expect(pool[201]).toBe(201);
    });

    test("text keeps case, spaces at the end, quotes and signs of every kind", async () => {
      const keys = ["a", "A", "a ", "ä", 'it\'s "x" \\ ? % _ `', "日本🏠", "line\nbreak"];
      const rows = keys.map((key, index) => [key, index]);
      await engine.transaction([
        empty("plugin_metrics_state"),
        { into: "plugin_metrics_state", columns: ["key", "value"], rows },
      ]);
      const found = await engine.query('select "key", value from plugin_metrics_state order by value');
      expect(found).toEqual(rows);
      const literal = await engine.query(
        `select value, '? it''s "??" ' from plugin_metrics_state where "key" = ? -- is it? it's`,
        ["a "],
      );
      expect(literal).toEqual([[2, '? it\'s "??" ']]);
    });

    test("however many rows go in at once", async () => {
      const many = Array.from({ length: 12_345 }, (_, at) => chunk(at % 7, at, Uint8Array.of(at % 256)));
      expect(await engine.transaction([empty(), chunks(many)])).toEqual([expect.any(Number), many.length]);
      expect(await engine.query("select count(*), sum(start_at) from plugin_metrics_chunk")).toEqual([
        [many.length, (many.length * (many.length - 1)) / 2],
      ]);
      expect(await engine.transaction([chunks([])])).toEqual([0]);
      const large = new Uint8Array(200_000).fill(7);
      await engine.transaction([empty(), chunks(Array.from({ length: 60 }, (_, at) => chunk(1, at, large)))]);
      expect(await engine.query("select count(*), sum(length(data)) from plugin_metrics_chunk")).toEqual([
        [60, 60 * large.length],
      ]);
    });

    test("a row that is there is kept or replaced, as asked, within one step too", async () => {
      await engine.transaction([empty(), chunks([chunk(1, 1, Uint8Array.of(1))])]);
      const again = [chunk(1, 1, Uint8Array.of(2)), chunk(1, 2, Uint8Array.of(3)), chunk(1, 2, Uint8Array.of(4))];
      expect(await engine.transaction([chunks(again, "old")])).toEqual([1]);
      expect((await readChunks()).map((row) => row[3])).toEqual([Uint8Array.of(1), Uint8Array.of(3)]);
      await engine.transaction([chunks(again, "new")]);
      expect((await readChunks()).map((row) => row[3])).toEqual([Uint8Array.of(2), Uint8Array.of(4)]);
      await expect(engine.transaction([chunks(again)])).rejects.toThrow();
    });

    test("all steps or none", async () => {
      await engine.transaction([empty(), chunks([chunk(1, 1, Uint8Array.of(1))])]);
      const failing = engine.transaction([
        { sql: "update plugin_metrics_chunk set last = ?", params: [99] },
        chunks([chunk(2, 2, Uint8Array.of(2)), chunk(1, 1, Uint8Array.of(3))]),
        { sql: "delete from plugin_metrics_chunk" },
      ]);
      await expect(failing).rejects.toThrow(/unique|duplicate/i);
      expect(await readChunks()).toEqual([[1, 1, 4, Uint8Array.of(1)]]);
    });

    test("each step says how many rows it changed", async () => {
      const rows = [1, 2, 3].map((at) => chunk(1, at, Uint8Array.of(1)));
      const steps = [
        empty(),
        chunks(rows),
        // The first has this value already, and counts all the same.
        { sql: "update plugin_metrics_chunk set samples = start_at where start_at < ?", params: [3] },
        { sql: "delete from plugin_metrics_chunk where start_at > ?", params: [1] },
        { sql: "delete from plugin_metrics_chunk where start_at > ?", params: [1] },
      ];
      expect((await engine.transaction(steps)).slice(1)).toEqual([3, 2, 2, 0]);
    });

    test("a list of ids is a table to join", async () => {
      await engine.transaction([empty(), chunks([1, 2, 3].map((series) => chunk(series, 1, Uint8Array.of(1))))]);
      const joined = (ids: number[]) =>
        engine.query(
          `select t.series from ${engine.idTable} join plugin_metrics_chunk as t on t.series = wanted.value order by 1`,
          [JSON.stringify(ids)],
        );
      expect(await joined([3, 1, 7])).toEqual([[1], [3]]);
      expect(await joined([])).toEqual([]);
      expect(
        await engine.query(`select value from ${engine.idTable} where value > ? order by value desc limit ?`, [
          JSON.stringify([5, 2_147_483_647, 3]),
          4,
          5,
        ]),
      ).toEqual([[2_147_483_647], [5]]);
      const many = Array.from({ length: 200_000 }, (_, id) => id);
      expect(await engine.query(`select count(*) from ${engine.idTable}`, [JSON.stringify(many)])).toEqual([
        [many.length],
      ]);
    });

    test("tables have sizes, one that is not there has none", async () => {
      const noise = Uint8Array.from({ length: 100_000 }, (_, index) => (index * 7919) % 251);
      await engine.transaction([empty(), chunks([1, 2, 3, 4].map((at) => chunk(1, at, noise)))]);
      const [chunkBytes = 0, stateBytes = 0, none] = await engine.sizes([
        "plugin_metrics_chunk",
        "plugin_metrics_state",
        "hologram",
      ]);
      expect(chunkBytes).toBeGreaterThan(stateBytes);
      expect(stateBytes).toBeGreaterThan(0);
      expect(none).toBe(0);
    });

    test("a wrong statement says what the database said, and the next one works", async () => {
      await expect(engine.query("select * from hologram")).rejects.toThrow(/hologram/);
      await expect(engine.transaction([{ sql: "delete from hologram" }])).rejects.toThrow(/hologram/);
      expect(await engine.query("select 1")).toEqual([[1]]);
    });

    test("reads and transactions side by side each end", async () => {
      await engine.transaction([empty("plugin_metrics_state")]);
      const write = (key: string): Insert => ({
        into: "plugin_metrics_state",
        columns: ["key", "value"],
        rows: [[key, 1]],
        conflict: { key: ["key"], keep: "new" },
      });
      const work: Promise<SqlValue[][] | number[]>[] = [];
      for (let turn = 0; turn < 40; turn++) {
        work.push(engine.transaction([write(`${turn % 5}`), write(`${(turn * 3) % 7}`)]));
        work.push(engine.query("select count(*) from plugin_metrics_state"));
      }
      await Promise.all(work);
      expect(await engine.query("select count(*) from plugin_metrics_state")).toEqual([[7]]);
    });
  });
}
