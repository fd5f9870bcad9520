import { expect, test } from "vitest";
import { exposedName, exposedValue, familyHeader, labelText, sampleLine } from "./exposition";

test.each([
  [1, "1"],
  [-0.25, "-0.25"],
  [0, "0"],
  [1e21, "1e+21"],
  [5e-324, "5e-324"],
  [Number.NaN, "NaN"],
  [Number.POSITIVE_INFINITY, "+Inf"],
  [Number.NEGATIVE_INFINITY, "-Inf"],
])("the value %d is written %s", (value, text) => {
  expect(sampleLine("heat_celsius", "", value)).toBe(`heat_celsius ${text}\n`);
});

test.each([
  ["a quote", 'a"b', 'a\\"b'],
  ["a backslash at its end, which must not hide the quote", "C:\\", "C:\\\\"],
  ["a line break, which would begin a sample", "x 1\nup 1", "x 1\\nup 1"],
  ["all of them", '\\"\n', '\\\\\\"\\n'],
  ["braces and commas", '},{x="', '},{x=\\"'],
  ["nothing", "", ""],
  ["what is not Latin", "Küche 厨房 🏠", "Küche 厨房 🏠"],
])("a label may hold %s", (_, value, text) => {
  expect(sampleLine("up", labelText({ name: value }), 1)).toBe(`up{name="${text}"} 1\n`);
});

test("labels that Prometheus has itself are exported ones, and no name is invalid", () => {
  expect(labelText({ job: "a", le: "b", quantile: "c", __name__: "d", "é-1": "e", "1st": "f" })).toBe(
    'exported_job="a",exported_le="b",exported_quantile="c",exported___name__="d",exported___1="e",_1st="f"',
  );
});

test("help is one line", () => {
  const family = { name: "x", type: "gauge", help: 'A\\B "c"\nup 1' } as const;
  expect(familyHeader(family, "prometheus")).toBe('# HELP x A\\\\B "c"\\nup 1\n# TYPE x gauge\n');
  expect(familyHeader(family, "openmetrics")).toBe('# HELP x A\\\\B \\"c\\"\\nup 1\n# TYPE x gauge\n');
});

test("OpenMetrics calls counters and infos without what ends their names, and knows units", () => {
  const family = (name: string, type: "counter" | "info" | "gauge" | "histogram") => ({ name, type, help: "H." });
  const first = (name: string, type: Parameters<typeof family>[1], names: string[] = []) =>
    familyHeader(family(name, type), "openmetrics", new Set(names)).split("\n").slice(1, -1);
  expect(first("read_bytes_total", "counter")).toEqual(["# TYPE read_bytes counter", "# UNIT read_bytes bytes"]);
  expect(first("docker_info", "info")).toEqual(["# TYPE docker info"]);
  expect(first("took_seconds", "histogram")).toEqual(["# TYPE took_seconds histogram", "# UNIT took_seconds seconds"]);
  expect(first("open", "gauge")).toEqual(["# TYPE open gauge"]);
  // Two families of one name are none.
  expect(first("open_total", "counter", ["open", "open_total"])).toEqual(["# TYPE open_total unknown"]);
  expect(familyHeader(family("docker_info", "info"), "prometheus")).toContain("# TYPE docker_info gauge\n");
});

test.each([
  ["process_count", "process_number"],
  ["firewall_counter_bytes_total", "firewall_tally_bytes_total"],
  ["sqlite_change_counter_total", "sqlite_change_tally_total"],
  ["network_interface_speed_bits_per_second", "network_interface_speed_bytes_per_second"],
  ["account_count_ratio", "account_count_ratio"],
])("%s is called %s where Prometheus would take it for something else", (metric, name) => {
  expect(exposedName(metric)).toBe(name);
});

test("bits are bytes where they are called so", () => {
  expect(exposedValue("network_interface_speed_bits_per_second", 1e9)).toBe(125_000_000);
  expect(exposedValue("disk_size_bytes", 8)).toBe(8);
});
