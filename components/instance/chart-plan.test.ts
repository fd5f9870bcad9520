import { expect, test } from "vitest";
import type { BoardItem, MetricInfo } from "@/components/data/outputs";
import { filterCharts, planCharts } from "./chart-plan";

const metric = (name: string, rest: Partial<MetricInfo> = {}): MetricInfo => ({
  name,
  kind: "gauge",
  unit: "count",
  storedUnit: "count",
  description: `About ${name}.`,
  labels: [],
  everySeconds: null,
  ...rest,
});
const chart = (title: string, metrics: string[], where: Record<string, string> = {}): BoardItem => ({
  type: "chart",
  title,
  metrics,
  unit: "count",
  where,
  stacked: false,
});
const one = (name: string, labels: Record<string, string> = {}) => ({ metric: name, labels });
const plan = (source: { board?: BoardItem[]; metrics: MetricInfo[]; series: ReturnType<typeof one>[] }) =>
  planCharts({ plugin: "disk", board: [], ...source });

test("every metric with series has one chart: the board's first, the rest by what it speaks of", () => {
  const { board, sections } = plan({
    board: [chart("Used", ["disk_used_ratio"])],
    metrics: [
      metric("disk_used_ratio", { labels: ["mount"] }),
      metric("disk_size_bytes", { labels: ["mount"] }),
      metric("disk_reads_total", { labels: ["device"] }),
      metric("disk_mounts"),
      metric("unity_collector_duration_seconds"),
    ],
    series: [
      one("disk_used_ratio", { mount: "/" }),
      one("disk_used_ratio", { mount: "/srv" }),
      one("disk_size_bytes", { mount: "/" }),
      one("disk_reads_total", { device: "sda" }),
      one("disk_mounts"),
      one("unity_collector_duration_seconds"),
    ],
  });
  expect(board).toMatchObject([{ title: "Used", series: 2 }]);
  expect(sections.map(({ title, charts }) => [title, charts.map((each) => each.title)])).toEqual([
    ["Overall", ["Mounts"]],
    ["By mount", ["Size"]],
    ["By device", ["Reads"]],
    ["Collection", ["Collector duration"]],
  ]);
});

test("facts, instants and metrics without series are no charts", () => {
  const { sections } = plan({
    metrics: [
      metric("disk_info", { kind: "info" }),
      metric("booted", { storedUnit: "timestamp_seconds" }),
      metric("disk_inodes"),
    ],
    series: [one("disk_info"), one("booted")],
  });
  expect(sections).toEqual([]);
});

test("what is only yes or no stands together, near the end", () => {
  const { sections } = plan({
    metrics: [
      metric("up", { storedUnit: "bool" }),
      metric("files"),
      metric("unity_collector_up", { storedUnit: "bool" }),
    ],
    series: [one("up"), one("files"), one("unity_collector_up")],
  });
  expect(sections.map(({ title }) => title)).toEqual(["Overall", "Yes or no", "Collection"]);
});

test("a board chart of some of a metric's series leaves the others to be shown", () => {
  const { board, sections } = plan({
    board: [chart("Running", ["containers"], { state: "running" })],
    metrics: [metric("containers", { labels: ["state"] })],
    series: [one("containers", { state: "running" }), one("containers", { state: "exited" })],
  });
  expect(board).toMatchObject([{ title: "Running", series: 1 }]);
  expect(sections).toMatchObject([{ charts: [{ metrics: ["containers"], series: 2 }] }]);
});

test("a board chart that nothing was reported for is named and not drawn", () => {
  const metrics = [metric("lag"), metric("size")];
  const source = { board: [chart("Replication", ["lag"])], metrics, series: [one("size")] };
  expect(plan(source)).toMatchObject({ board: [], absent: ["Replication"] });
});

test("before the first reading the board's charts keep their places", () => {
  const source = { board: [chart("Replication", ["lag"])], metrics: [metric("lag")], series: [] };
  expect(plan(source)).toMatchObject({ board: [{ title: "Replication" }], absent: [], sections: [] });
});

test("the filter looks for every word in title, metric and description", () => {
  const { sections } = plan({
    metrics: [metric("disk_read_bytes", { description: "Bytes read." }), metric("disk_written_bytes")],
    series: [one("disk_read_bytes"), one("disk_written_bytes")],
  });
  const charts = sections.flatMap((section) => section.charts);
  const titles = (text: string) => filterCharts(charts, text).map(({ title }) => title);
  expect(titles("DISK read")).toEqual(["Read"]);
  expect(titles("written bytes")).toEqual(["Written"]);
  expect(titles("temperature")).toEqual([]);
  expect(filterCharts(charts, "  ")).toBe(charts);
});
