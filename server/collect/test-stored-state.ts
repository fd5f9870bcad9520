import { describe, expect, test } from "vitest";
import { z } from "zod";
import type { Plugin } from "../../plugins/sdk/plugin";
import type { Connection } from "../db/database";
import { createLog } from "../log";
import { openSeriesIndex } from "../metrics/series";
import { seriesKey } from "../metrics/series-key";
import { testSecrets } from "../vault/test-vault";
import { openInstances } from "./instances";
import { openLedger } from "./ledger";

const NOW = 1_795_478_400_000;
const clock = { now: () => NOW, after: () => () => undefined };
// Of a plugin, instances are interested in these only.
const plugin = { id: "docker", name: "Docker", config: z.object({}), intervalSeconds: 10, kind: "network" } as Plugin;

/** What Unity remembers in the configuration's tables: the same on every database. `open` gives the same one each time. */
export function describeStoredState(name: string, open: () => Promise<Connection>): void {
  const withConnection = async <T>(work: (connection: Connection) => Promise<T>): Promise<T> => {
    const connection = await open();
    try {
      return await work(connection);
    } finally {
      await connection.close();
    }
  };
  const instances = (connection: Connection) =>
    openInstances(connection, {
      secrets: testSecrets,
      plugin: () => plugin,
      localHost: "here",
      clock,
      changed: () => undefined,
    });
  const ledger = (connection: Connection) => openLedger(connection, { clock, log: createLog("fatal") });

  describe(`stored state on ${name}`, () => {
    test("instances come back in the order they were made, whatever was changed since", async () => {
      const made = await withConnection(async (connection) => {
        const all = await instances(connection);
        const list = [];
        for (const title of ["b", "a", "C", "ä"])
          list.push(await all.create({ plugin: "docker", name: title, config: {}, tags: [title] }));
        await all.update(list[0]?.id ?? "", { name: "z" });
        await all.remove(list[2]?.id ?? "");
        return all.list();
      });
      expect(made.map((one) => one.name)).toEqual(["z", "a", "ä"]);
      expect(await withConnection(async (connection) => (await instances(connection)).list())).toEqual(made);
    });

    test("series keep their ids, in order; forgotten ones get new ones", async () => {
      const names = Array.from({ length: 250 }, (_, index) => {
        const labels = { b: `${index}`, a: index % 2 ? 'it\'s \\ "x" ✓' : "" };
        const sorted = { a: labels.a, b: labels.b };
        return { metric: `metric_${index % 3}`, labels: sorted, key: seriesKey(`metric_${index % 3}`, sorted) };
      });
      const ids = await withConnection(async (connection) => {
        const index = await openSeriesIndex(connection);
        const [one] = await index.identify("i1", names.slice(0, 1), NOW);
        const all = await index.identify("i1", names, NOW);
        expect(all[0]).toBe(one);
        await index.identify("i2", names.slice(0, 3), NOW);
        return all;
      });
      expect(new Set(ids).size).toBe(250);
      await withConnection(async (connection) => {
        const index = await openSeriesIndex(connection);
        expect(index.ofInstance("i1").map(({ id }) => id)).toEqual(ids);
        expect(await index.identify("i1", names, NOW)).toEqual(ids);
        expect((await index.forget("i1")).length).toBe(250);
        const again = await index.identify("i1", names.slice(0, 5), NOW);
        expect(Math.min(...again.map(Number))).toBeGreaterThan(Math.max(...ids.map(Number)));
        expect(index.count()).toBe(8);
      });
    });

    test("runs come back newest first, statuses and inventories as they were last", async () => {
      const [instance] = await withConnection(async (connection) => (await instances(connection)).list());
      const instanceId = instance?.id ?? "";
      const status = (at: number) => ({
        instanceId,
        health: "degraded" as const,
        since: NOW,
        lastRunAt: at,
        lastSuccessAt: null,
        reason: "timeout" as const,
        message: "did not answer\0 in 5 s",
        hint: null,
        consecutiveErrors: 1,
      });
      const run = (at: number) => ({
        instanceId,
        startedAt: at,
        durationMs: 12,
        outcome: "failed" as const,
        readings: 0,
        refused: 1,
        attempts: 2,
        reason: "timeout",
        message: "no",
        hint: null,
        remarks: ["one", "two"],
      });
      const inventory = { sections: [{ title: "Disks ✓", rows: [] }] } as never;
      await withConnection(async (connection) => {
        const book = await ledger(connection);
        for (let turn = 0; turn < 450; turn++) book.record(run(NOW + turn), status(NOW + turn), inventory);
        book.record({ ...run(NOW), instanceId: "gone" }, { ...status(NOW), instanceId: "gone" }, undefined);
        await book.close();
      });
      await withConnection(async (connection) => {
        const book = await ledger(connection);
        const runs = await book.runs(instanceId, 3);
        expect(runs.map(({ startedAt }) => startedAt - NOW)).toEqual([449, 448, 447]);
        expect(runs[0]).toEqual({ id: runs[0]?.id, ...run(NOW + 449) });
        expect(book.status(instanceId)).toEqual({ ...status(NOW + 449), message: "did not answer\ufffd in 5 s" });
        expect(await book.inventory(instanceId)).toEqual({ at: NOW + 449, snapshot: inventory });
        expect(await book.runs("gone", 3)).toEqual([]);
        const failed = await book.failedRuns({
          instanceIds: [instanceId, "gone"],
          from: NOW + 5,
          to: NOW + 8,
          limit: 2,
        });
        expect(failed.map(({ startedAt }) => startedAt - NOW)).toEqual([7, 6]);
        expect(await book.failedRuns({ instanceIds: [], from: NOW, to: NOW + 8, limit: 2 })).toEqual([]);
        await book.prune(NOW + 449);
        expect(await book.runs(instanceId, 10)).toHaveLength(1);
      });
    });
  });
}
