import { expect, test } from "vitest";
import { createRateBook } from "../metrics/rates";
import { type SampleBatch, StoreUnavailable } from "../metrics/store";
import { openReceiver } from "../open-receiver";
import type { Push, PushedSeries } from "../push/pushed";
import { openCallers } from "../trpc/test-callers";

const SENDER = { tokenId: "t", tokenName: "nas", tags: null };
const ARRIVAL = { protocol: "a test", program: "", address: "" };
const EMPTY: Push = { series: [], histograms: [], leftOut: 0, unsupported: 0, invalid: 0, remarks: [] };

/** A receiver in a whole Unity, whose store and database can be made to refuse. */
async function open({ holds = true } = {}) {
  const { unity } = await openCallers();
  const away = { store: false, database: false };
  const judged: { at: number; values: readonly number[] }[] = [];
  const published: { at: number; values: readonly number[] }[] = [];
  const stockTaken: string[] = [];
  const receiver = openReceiver({
    ...unity,
    rates: createRateBook(),
    store: {
      ...unity.store,
      write(batch: SampleBatch) {
        if (away.store) throw new StoreUnavailable("as many samples wait as may");
        unity.store.write(batch);
      },
    },
    series: {
      ...unity.series,
      identify: (...asked) =>
        away.database ? Promise.reject(new Error("the database is away")) : unity.series.identify(...asked),
    },
    alerts: { evaluate: ({ at, values }) => void judged.push({ at, values }) },
    bus: { publish: ({ at, values }) => void published.push({ at, values }) },
    cluster: { ...unity.cluster, holds: () => holds },
    scheduler: { runNow: (id) => stockTaken.push(id) > 0 },
  });
  const now = unity.clock.now();
  const push = (series: readonly Partial<PushedSeries>[], more: Partial<Push> = {}) =>
    receiver.receive(
      SENDER,
      {
        ...{ ...EMPTY, ...more },
        series: series.map((one) => ({ name: "m", labels: {}, kind: "gauge" as const, at: [now], value: [1], ...one })),
      },
      ARRIVAL,
    );
  const newestOf = (metric: string) => {
    const [instance] = unity.instances.list();
    const found = unity.series.ofInstance(instance?.id ?? "").find((one) => one.metric === metric);
    return unity.store.latest([found?.id ?? 0])[0]?.value;
  };
  return { unity, receiver, push, newestOf, away, judged, published, stockTaken, now };
}

const total = (at: number[], value: number[]) => ({ name: "work", kind: "total" as const, at, value });

test("a push that the store cannot take comes again, and its rate is what it would have been", async () => {
  const { push, newestOf, away, now, judged } = await open();
  await push([total([now - 20_000], [100])]);
  away.store = true;
  const again = () => push([total([now - 10_000], [150])]);
  await expect(again()).rejects.toMatchObject({ code: "unavailable" });
  expect(judged).toEqual([]);
  away.store = false;
  await again();
  expect(newestOf("work_total")).toBe(5);
  // The answer was lost: it comes a third time.
  expect((await again()).kept).toBe(1);
  expect(newestOf("work_total")).toBe(5);
});

test("without the database known series go on; a push with new ones comes again as a whole", async () => {
  const { push, newestOf, away, now } = await open();
  await push([{}]);
  away.database = true;
  await push([{ value: [2], at: [now + 1] }]);
  await expect(push([{ value: [3], at: [now + 2] }, { name: "new" }])).rejects.toMatchObject({ code: "unavailable" });
  expect(newestOf("m")).toBe(2);
});

test("several samples of a series, late ones and repeated ones: each rate is of what came before", async () => {
  const { push, newestOf, now } = await open();
  await push([total([now - 30_000, now - 20_000, now - 10_000], [0, 100, 300])]);
  expect(newestOf("work_total")).toBe(20);
  await push([total([now - 25_000], [50]), total([now], [400])]);
  expect(newestOf("work_total")).toBe(10);
});

test("increases are rates of their own time, also the first", async () => {
  const { push, newestOf, now } = await open();
  await push([{ ...total([now - 5_000], [50]), since: [now - 15_000] }]);
  expect(newestOf("work_total")).toBe(5);
  await push([{ ...total([now], [10]), since: [null] }]);
  expect(newestOf("work_total")).toBe(2);
});

test("what is never kept is counted by why, and the rest is kept", async () => {
  const { push, now, receiver, unity } = await open();
  const receipt = await push(
    [
      { at: [now - 40 * 86_400_000, now, now + 3_600_000, 0.5], value: [1, 2, 3, 4] },
      { name: "up_timestamp_seconds", value: [9e15] },
      { name: "x".repeat(200) },
    ],
    { unsupported: 2, invalid: 1, leftOut: 1, remarks: ["said before"] },
  );
  expect(receipt).toMatchObject({
    kept: 1,
    leftOut: 2,
    refused: { too_old: 1, in_the_future: 1, invalid: 3, unsupported: 2, too_many_series: 0 },
    remarks: expect.arrayContaining(["said before", "m is older than samples are kept."]),
  });
  const plugin = unity.registry.get(receipt.instance.plugin);
  if (!plugin) throw new Error("There is no plugin that is told.");
  expect(receiver.received(receipt.instance.id, plugin)).toMatchObject({
    samples: 1,
    leftOut: 2,
    requests: 1,
    series: 1,
  });
});

test("rules look at the newest of each series, and at nothing that waited long; pages are told of each instant", async () => {
  const { push, judged, published, now } = await open();
  await push([
    { at: [now - 20_000, now - 10_000], value: [1, 2] },
    { name: "old", at: [now - 3_600_000] },
  ]);
  await push([{ at: [now - 15_000], value: [9] }]);
  expect(judged.map(({ values }) => values)).toEqual([[2], [2]]);
  expect(judged[1]?.at).toBeGreaterThan(judged[0]?.at ?? 0);
  expect(published.map(({ at, values }) => [now - at, values])).toEqual([
    [3_600_000, [1]],
    [20_000, [1]],
    [10_000, [2]],
    [15_000, [9]],
  ]);
});

test("another process that looks after the instance judges it, when it hears of it", async () => {
  const { push, judged, receiver, unity } = await open({ holds: false });
  const { instance } = await push([{ value: [7] }]);
  expect(judged).toEqual([]);
  receiver.heard(
    instance,
    unity.series.ofInstance(instance.id).map(({ id }) => id),
  );
  expect(judged.map(({ values }) => values)).toEqual([[7]]);
});

test("an instance that was silent hears at once that something came", async () => {
  const { push, stockTaken } = await open();
  const { instance } = await push([{}]);
  expect(stockTaken).toEqual([instance.id]);
});

test("histograms become quantiles of what came in since the last push", async () => {
  const { push, unity, now } = await open();
  const histogram = (at: number, counts: readonly number[]) => ({
    ...{ name: "took_seconds", labels: {}, kind: "gauge" as const, at, isIncrease: false },
    buckets: counts.map((count, index) => [[0.1, 1, Number.POSITIVE_INFINITY][index] ?? 0, count] as const),
  });
  await push([], { histograms: [histogram(now - 10_000, [10, 20, 20])] });
  const { instance } = await push([], { histograms: [histogram(now, [10, 30, 30])] });
  const series = unity.series.ofInstance(instance.id).filter(({ metric }) => metric === "took_seconds");
  const values = new Map(unity.store.latest(series.map(({ id }) => id)).map((one) => [one.series, one.value]));
  expect(series.map(({ id, labels }) => [labels.quantile, values.get(id)])).toEqual([
    ["0.5", expect.closeTo(0.55, 9)],
    ["0.9", expect.closeTo(0.91, 9)],
    ["0.99", expect.closeTo(0.991, 9)],
  ]);
});
