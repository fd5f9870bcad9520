import { randomBytes } from "node:crypto";
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test, vi } from "vitest";
import { describeWith } from "../../../scripts/stores/describe-with";
import { DAY_MS, floorTo, HOUR_MS } from "../grid";
import { createModel } from "../test-model";
import { nameAny } from "./test-victoria";
import { openVictoriametricsStore, type VictoriametricsOptions } from "./victoriametrics-store";

const MINUTE_MS = 60_000;

const every = (stepMs: number, { series, from, to }: { series: number; from: number; to: number }) =>
  Array.from({ length: Math.ceil((to - from) / stepMs) }, (_, index) => ({
    series,
    at: from + index * stepMs,
    value: 5 + Math.round(Math.sin(index * series) * 100),
  }));

describeWith("victoriametrics", (url) => {
  /** A server that counts what it is asked. */
  async function watch() {
    const seen = { questions: 0 };
    const proxy = createServer((asked, answer) => {
      if (asked.url?.startsWith("/api/v1/") && asked.url !== "/api/v1/write") seen.questions++;
      const { method, headers } = asked;
      asked.pipe(
        request(url + (asked.url ?? ""), { method, headers }, (given) => {
          answer.writeHead(given.statusCode ?? 500, given.headers);
          given.pipe(answer);
        }),
      );
    });
    await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
    const { port } = proxy.address() as AddressInfo;
    const database = `test${randomBytes(8).toString("hex")}`;
    const open = (more: Partial<VictoriametricsOptions> = {}) =>
      openVictoriametricsStore({ url: `http://127.0.0.1:${port}`, database, nameSeries: nameAny, ...more });
    async function questionsOf(work: () => Promise<unknown>): Promise<number> {
      const before = seen.questions;
      await work();
      return seen.questions - before;
    }
    return { open, questionsOf, close: () => new Promise((resolve) => proxy.close(resolve)) };
  }

  test("the last hour is answered without the server, also after a restart, and rightly", async () => {
    const { open, questionsOf, close } = await watch();
    const model = createModel();
    const now = floorTo(Date.now(), 10_000);
    const lastHour = { from: now - HOUR_MS + MINUTE_MS, to: now };
    let store = await open();
    for (const series of [1, 2]) {
      model.write(store, every(10 * MINUTE_MS, { series, from: now - DAY_MS, to: now - 2 * HOUR_MS }));
      model.write(store, every(10_000, { series, from: now - 2 * HOUR_MS, to: now }));
    }
    const range = { series: [1, 2, 3], ...lastHour, maxPoints: 400, minStepMs: 10_000 };
    expect(await questionsOf(() => model.expectRange(store, range))).toBe(0);
    await store.close();

    store = await open();
    await vi.waitFor(async () => expect(await questionsOf(() => store.range(range))).toBe(0), { timeout: 20_000 });
    expect(await questionsOf(() => model.expectRange(store, range))).toBe(0);
    expect(await questionsOf(() => model.expectWindow(store, { series: [1, 2, 3], ...lastHour }))).toBe(0);
    // What is there already stays as it was, late ones and new ones are seen.
    model.write(store, [
      { series: 1, at: now - 10_000, value: 1_000 },
      { series: 1, at: now - 20_000 + 5, value: 500 },
      { series: 2, at: now, value: -500 },
      { series: 2, at: now - 90 * MINUTE_MS + 1, value: 7_000 },
      { series: 2, at: now - 90 * MINUTE_MS, value: 8_000 },
    ]);
    for (let round = 0; round < 2; round++) {
      expect(await questionsOf(() => model.expectRange(store, { ...range, to: now + 1 }))).toBe(0);
      await store.flush();
    }
    for (const minStepMs of [10_000, MINUTE_MS, HOUR_MS])
      for (const from of [now - DAY_MS, now - 3 * HOUR_MS, now - 95 * MINUTE_MS])
        await model.expectRange(store, { series: [1, 2, 3], from, to: now + 1, maxPoints: 10_000, minStepMs });
    for (const from of [now - DAY_MS, now - 3 * HOUR_MS])
      await model.expectWindow(store, { series: [1, 2], from, to: now + 1 });
    await store.close();
    await close();
  });

  test("of a chart that is asked for again the server adds up what is new, and what changed", async () => {
    const { open, questionsOf, close } = await watch();
    const model = createModel();
    const now = floorTo(Date.now(), MINUTE_MS);
    const series = [1, 2];
    const chart = { series, from: now - 3 * DAY_MS, to: now, maxPoints: 500 };
    let store = await open();
    for (const one of series)
      model.write(store, every(10 * MINUTE_MS, { series: one, from: now - 3 * DAY_MS, to: now }));
    await store.close();
    store = await open();
    expect(await questionsOf(() => model.expectRange(store, chart))).toBeGreaterThan(0);
    expect(await questionsOf(() => model.expectRange(store, chart))).toBe(0);
    model.write(store, [{ series: 1, at: now + 5, value: 1 }]);
    expect(await questionsOf(() => model.expectRange(store, { ...chart, to: now + HOUR_MS }))).toBeLessThan(3);
    model.write(store, [{ series: 2, at: now - DAY_MS + 5, value: 700 }]);
    for (let round = 0; round < 2; round++) {
      expect(await questionsOf(() => model.expectRange(store, chart))).toBeGreaterThan(0);
      await store.flush();
    }
    await store.forget([1]);
    const [first, second] = (await store.range(chart)).series;
    expect(first?.avg.every((value) => value === null)).toBe(true);
    expect(second?.max).toContain(700);
    await store.close();
    await close();
  });

  test("beside other processes the server is asked", async () => {
    const { open, questionsOf, close } = await watch();
    const model = createModel();
    const now = floorTo(Date.now(), MINUTE_MS);
    const store = await open({ others: () => true });
    model.write(store, every(MINUTE_MS, { series: 1, from: now - HOUR_MS, to: now }));
    const query = { series: [1], from: now - HOUR_MS, to: now, maxPoints: 30 };
    for (let round = 0; round < 2; round++)
      expect(await questionsOf(() => model.expectRange(store, query))).toBeGreaterThan(0);
    await store.close();
    await close();
  });
});
