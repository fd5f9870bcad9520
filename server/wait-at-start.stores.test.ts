import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { expect, test } from "vitest";
import { describeWith } from "../scripts/stores/describe-with";
import { startStore } from "../scripts/stores/start-store.mjs";
import { parseDatabaseUrl } from "./db/database-place";
import { createLog } from "./log";
import { parseMetricsUrl } from "./metrics/victoriametrics/metrics-url";
import { openStores, type Stores } from "./open-stores";

const SERVER_MS = 50_000;
/** Meanwhile several tries fail. */
const LATER_MS = 2_500;

function createLines() {
  const lines: string[] = [];
  const add = (_: object, line: string) => void lines.push(line);
  return { lines, log: Object.assign(createLog("silent"), { warn: add, info: add }) };
}

async function closeAll({ store, close }: Stores): Promise<void> {
  await store.close();
  await close();
}

for (const kind of ["postgres", "mysql"] as const) {
  describeWith(kind, () => {
    test("a database that starts later than Unity is waited for", async () => {
      const server = await startStore(kind);
      try {
        await server.kill();
        const { lines, log } = createLines();
        const place = parseDatabaseUrl(server.url);
        const opening = openStores(place, { serverMs: SERVER_MS, log });
        await pause(LATER_MS);
        await server.startAgain();
        const stores = await opening;
        await stores.store.ping();
        expect(lines).toEqual([
          expect.stringMatching(/^waiting for \w+ at 127\.0\.0\.1:\d+\/\w+: connection refused; trying for 50 s$/),
          expect.stringMatching(/answers: going on$/),
        ]);
        await closeAll(stores);
      } finally {
        await server.stop();
      }
    });

    test("a wrong password is no reason to wait", async () => {
      const url = new URL(process.env[`TEST_${kind.toUpperCase()}_URL`] ?? "");
      url.password = "wrong";
      const startedAt = performance.now();
      const opening = openStores(parseDatabaseUrl(url.href), { serverMs: SERVER_MS });
      await expect(opening).rejects.toThrow(/refused user/);
      expect(performance.now() - startedAt).toBeLessThan(5_000);
    });
  });
}

describeWith("victoriametrics", () => {
  test("a VictoriaMetrics that starts later than Unity is waited for", async () => {
    const folder = await mkdtemp(join(tmpdir(), "unity-wait-"));
    const server = await startStore("victoriametrics");
    try {
      await server.kill();
      const { lines, log } = createLines();
      const metrics = { place: parseMetricsUrl(`victoriametrics:${server.url}`) };
      const opening = openStores(parseDatabaseUrl(`sqlite:${join(folder, "unity.db")}`), {
        serverMs: SERVER_MS,
        log,
        metrics,
      });
      await pause(LATER_MS);
      await server.startAgain();
      const stores = await opening;
      await stores.store.ping();
      expect(lines).toEqual([
        expect.stringMatching(/^waiting for VictoriaMetrics at .+: connection refused; trying for 50 s$/),
        expect.stringMatching(/answers: going on$/),
      ]);
      await closeAll(stores);
    } finally {
      await server.stop();
      await rm(folder, { recursive: true });
    }
  });
});
