import { expect, test } from "vitest";
import { z } from "zod";
import { definePlugin } from "../../plugins/sdk";
import { OTHER, OWN, openTwoGroups, TAG } from "../sight/test-two-groups";
import type { SeenDescribe } from "./describe";
import type { ExpositionFormat } from "./exposition";
import { openWithPlugin } from "./test-one-plugin";

async function page(describe: Pick<SeenDescribe, "exposition">, format: ExpositionFormat = "prometheus") {
  let text = "";
  for await (const piece of describe.exposition(format)) text += piece;
  return text;
}
const linesOf = (text: string, name: string) => text.split("\n").filter((line) => line.startsWith(name));

let runs = 0;
const METER = definePlugin({
  id: "meter",
  name: "Meter",
  summary: "Meters.",
  category: "power",
  tier: 1,
  kind: "network",
  intervalSeconds: 60,
  config: z.object({}),
  metrics: {
    meter_energy_bytes_total: { kind: "counter", unit: "bytes", labels: ["phase"], description: "What went through." },
    meter_busy_ratio: { kind: "share", unit: "ratio", description: "How busy it was." },
    meter_count: { kind: "gauge", unit: "count", description: "Meters." },
    meter_rare_bytes: { kind: "gauge", unit: "bytes", everySeconds: 3_600, description: "Read every hour." },
    meter_info: { kind: "info", unit: "count", labels: ["job"], description: "What it is." },
    meter_never: { kind: "gauge", unit: "count", description: "It never says it." },
  },
  alerts: [],
  board: [],
  async collect(_, report) {
    runs += 1;
    report("meter_energy_bytes_total", 1_000 * runs, { phase: 'L"1\\' });
    report("meter_busy_ratio", { part: 3 * runs, whole: 10 * runs });
    report("meter_count", 3);
    report("meter_rare_bytes", 9);
    report("meter_info", 1, { job: "nightly" });
  },
});

async function openMeter() {
  runs = 0;
  return openWithPlugin(METER, "Cellar");
}

test("a page has what the last run read, each family once, with its help and what it is", async () => {
  const { unity, runAfter } = await openMeter();
  await runAfter(60_000);
  const text = await page(unity.describe);
  const where = 'instance="Cellar",plugin="meter",host="nas"';
  expect(text).toContain(`# HELP meter_busy_ratio How busy it was.
# TYPE meter_busy_ratio gauge
meter_busy_ratio{${where}} 0.3
`);
  expect(text).toContain(`# HELP meter_number Meters. Called meter_count in Unity.
# TYPE meter_number gauge
meter_number{${where}} 3
`);
  expect(text).toContain(`# TYPE meter_info gauge\nmeter_info{exported_job="nightly",${where}} 1\n`);
  expect(linesOf(text, "unity_collector_up")).toEqual([`unity_collector_up{${where}} 1`]);
  expect(text).not.toContain("meter_never");
  const heads = text.split("\n").filter((line) => line.startsWith("# TYPE"));
  expect(new Set(heads).size).toBe(heads.length);
});

test("a counter is the raw total, not its rate", async () => {
  const { unity, runAfter } = await openMeter();
  const line = (value: number) =>
    `meter_energy_bytes_total{phase="L\\"1\\\\",instance="Cellar",plugin="meter",host="nas"} ${value}`;
  await runAfter(60_000);
  const text = await page(unity.describe);
  expect(text).toContain("# TYPE meter_energy_bytes_total counter\n");
  expect(linesOf(text, "meter_energy")).toEqual([line(2_000)]);
  await runAfter(60_000);
  expect(linesOf(await page(unity.describe), "meter_energy")).toEqual([line(3_000)]);
});

test("OpenMetrics says the same in its way, and ends", async () => {
  const { unity, runAfter } = await openMeter();
  await runAfter(60_000);
  const text = await page(unity.describe, "openmetrics");
  expect(text).toContain(
    "# TYPE meter_energy_bytes counter\n# UNIT meter_energy_bytes bytes\nmeter_energy_bytes_total{",
  );
  expect(text).toContain("# TYPE meter info\nmeter_info{");
  expect(text).toMatch(/unity_run_duration_seconds_bucket\{le="1\.0"\} 2\n/);
  expect(text.match(/# EOF\n/g)).toHaveLength(1);
  expect(text.endsWith("\n# EOF\n")).toBe(true);
});

test("what is stale is left out, by its own time; whether it answers is told longer", async () => {
  const { unity, advance } = await openMeter();
  const names = async () => {
    const text = await page(unity.describe);
    return ["meter_number", "meter_rare_bytes", "unity_collector_up"].filter((name) => linesOf(text, name).length > 0);
  };
  advance(180_000);
  expect(await names()).toEqual(["meter_number", "meter_rare_bytes", "unity_collector_up"]);
  advance(1_000);
  expect(await names()).toEqual(["meter_rare_bytes", "unity_collector_up"]);
  advance(540_000);
  expect(await names()).toEqual(["meter_rare_bytes"]);
  advance(3 * 3_600_000);
  expect(await names()).toEqual([]);
});

test("each of several processes tells what it collects", async () => {
  const { unity, letGo } = await openMeter();
  letGo();
  const text = await page(unity.describe);
  expect(text).not.toContain("Cellar");
  expect(text).toContain('unity_instances{state="healthy"} 0\n');
});

test("Unity tells how it does itself", async () => {
  const { unity, runAfter } = await openMeter();
  await runAfter(60_000);
  await page(unity.describe);
  const text = await page(unity.describe);
  expect(linesOf(text, "unity_runs_total")).toContain('unity_runs_total{plugin="meter",outcome="ok"} 2');
  expect(linesOf(text, "unity_instances")).toContain('unity_instances{state="healthy"} 1');
  const { samples } = unity.tally.totals();
  expect(linesOf(text, "unity_samples_total")).toEqual([`unity_samples_total ${samples}`]);
  for (const name of ["process_start_time_seconds", "process_resident_memory_bytes", "unity_series"])
    expect(Number(linesOf(text, `${name} `)[0]?.split(" ")[1])).toBeGreaterThan(0);
  expect(linesOf(text, "unity_alerts_firing")).toHaveLength(3);
});

test("who sees only some instances gets these, and nothing of Unity as a whole", async () => {
  const { unity, own, other } = await openTwoGroups();
  const series = [own, other].flatMap(({ instance }) => unity.series.ofInstance(instance.id).map(({ id }) => id));
  unity.store.write({ series, at: series.map(() => unity.clock.now()), value: series.map(() => 1) });
  const whole = await page(unity.seenBy({ tags: null }).describe);
  expect(whole).toContain(OTHER);
  expect(linesOf(whole, "unity_alerts_firing{").join()).not.toBe("");
  for (const format of ["prometheus", "openmetrics"] as const) {
    const text = await page(unity.seenBy({ tags: [TAG] }).describe, format);
    expect(text).toContain(OWN);
    expect(text).not.toContain(OTHER);
    for (const name of ["unity_series", "unity_runs", "unity_samples", "process_", "unity_build_info"])
      expect(linesOf(text, name)).toEqual([]);
  }
  const firing = (text: string) => linesOf(text, 'unity_alerts_firing{severity="critical"}')[0]?.split(" ")[1];
  const seen = firing(await page(unity.seenBy({ tags: [TAG] }).describe));
  expect(Number(seen)).toBeGreaterThan(0);
  expect(Number(seen)).toBeLessThan(Number(firing(whole)));
});

test("without any instance a page is whole as well", async () => {
  const { unity } = await openTwoGroups();
  const text = await page(unity.seenBy({ tags: ["nothing-has-this"] }).describe, "openmetrics");
  expect(text).toContain('unity_instances{state="healthy"} 0\n');
  expect(text.endsWith("# EOF\n")).toBe(true);
});
