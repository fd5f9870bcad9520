import { expect, test } from "vitest";
import { z } from "zod";
import { definePlugin } from "../../plugins/sdk";
import { COMMAND } from "../auth/visitor";
import { appRouter } from "../trpc/router";
import { openWithPlugin } from "./test-one-plugin";

let runs = 0;
/** Hands on what others measure. */
const FINDER = definePlugin({
  id: "finder",
  name: "Finder",
  summary: "Finds.",
  category: "application",
  tier: 2,
  kind: "network",
  intervalSeconds: 60,
  config: z.object({}),
  metrics: { finder_pages: { kind: "gauge", unit: "count", description: "Pages." } },
  metricOf: (name) =>
    name.endsWith("_total")
      ? { kind: "counter", unit: "bytes", description: `Found: ${name}.` }
      : { kind: "gauge", unit: name.endsWith("_celsius") ? "celsius" : "count", description: `Found: ${name}.` },
  alerts: [],
  board: [],
  async collect(_, report) {
    runs += 1;
    report("finder_pages", 1);
    report.found("room_temperature_celsius", 90, { room: "attic" });
    report.found("room_temperature_celsius", 20, { room: "hall", floor: "1" });
    report.found("sent_Bytes_total", 600 * runs);
    report.found("process_start_time_seconds", 1_790_000_000);
    report.found("odd name", 1);
  },
});

async function openFinder() {
  runs = 0;
  const opened = await openWithPlugin(FINDER, "Finder");
  return { ...opened, pages: appRouter.createCaller({ unity: opened.unity, visitor: COMMAND }) };
}

test("what a plugin finds is stored, described and charted as what it declares; a counter as its rate", async () => {
  const { instance, pages, runAfter } = await openFinder();
  await runAfter(60_000);
  const detail = await pages.plugins.instance({ id: instance.id });
  const about = (name: string) => detail.metrics.find((metric) => metric.name === name);
  expect(about("room_temperature_celsius")).toMatchObject({
    kind: "gauge",
    storedUnit: "celsius",
    description: "Found: room_temperature_celsius.",
    labels: expect.arrayContaining(["room", "floor"]),
  });
  expect(about("sent_Bytes_total")).toMatchObject({ kind: "counter", storedUnit: "bytes_per_second" });
  const values = await pages.metrics.latest({ instance: instance.id, metrics: ["sent_Bytes_total"] });
  expect(values.map(({ latest }) => latest?.value)).toEqual([10]);
  expect(detail.series.some(({ metric }) => metric === "odd name")).toBe(false);
});

test("what is stored has its unit also when a start comes before the next run", async () => {
  const { unity, instance, pages } = await openFinder();
  expect(unity.series.ofInstance(instance.id).length).toBeGreaterThan(0);
  // Nothing but the name is asked.
  const [about] = (await pages.plugins.instance({ id: instance.id })).metrics.filter(({ name }) =>
    /celsius/.test(name),
  );
  expect(about?.storedUnit).toBe("celsius");
});

test("a rule watches it, and is offered it with its unit", async () => {
  const { unity, pages, runAfter } = await openFinder();
  const measured = await pages.alerts.rule.measured({ scope: { kind: "all" } });
  expect(measured.find(({ metric }) => metric === "room_temperature_celsius")).toMatchObject({
    plugin: "finder",
    unit: "celsius",
    series: 2,
  });
  await unity.alerts.book.create({
    name: "Hot",
    severity: "critical",
    summary: "{{room}} is hot",
    note: "",
    forSeconds: 0,
    scope: { kind: "all" },
    parts: [{ kind: "value", metric: "room_temperature_celsius", is: "above", limit: 50 }],
  });
  await runAfter(60_000);
  const [alert, ...others] = await pages.alerts.open();
  expect(others).toEqual([]);
  expect(alert).toMatchObject({ ruleName: "Hot", labels: { room: "attic" }, value: 90, unit: "celsius" });
});

test("conditions on two of them belong together by the labels that both have", async () => {
  const { unity, runAfter } = await openFinder();
  const value = { kind: "value", is: "above", limit: 0 };
  await unity.alerts.book.create({
    name: "Both",
    severity: "info",
    summary: "both",
    note: "",
    scope: { kind: "all" },
    join: "all",
    parts: [
      { ...value, metric: "room_temperature_celsius" },
      { ...value, metric: "process_start_time_seconds" },
    ],
  });
  await runAfter(60_000);
  expect(unity.alerts.open().map(({ labels, ruleName }) => [ruleName, labels])).toEqual([["Both", {}]]);
});

test("on the page for Prometheus it has a name of its own where Unity has the same", async () => {
  const { unity, runAfter } = await openFinder();
  await runAfter(60_000);
  let text = "";
  for await (const piece of unity.describe.exposition("prometheus")) text += piece;
  expect(text).toContain(
    '\nexported_process_start_time_seconds{instance="Finder",plugin="finder",host="nas"} 1790000000\n',
  );
  expect(text).toContain('\nsent_Bytes_total{instance="Finder",plugin="finder",host="nas"} 1200\n');
  const heads = text.split("\n").filter((line) => line.startsWith("# TYPE"));
  expect(new Set(heads).size).toBe(heads.length);
});
