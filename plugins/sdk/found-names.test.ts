import { expect, test } from "vitest";
import { foundNames, isPlausible, nameOfFoundLabel, specOfFound } from "./found-names";

const names = foundNames({ exporter_series: {} });

test.each([
  ["node_memory_MemTotal_bytes", "gauge", "bytes"],
  ["node_cpu_seconds_total", "counter", "seconds"],
  ["node_network_receive_bytes_total", "counter", "bytes"],
  ["node_boot_time_seconds", "gauge", "timestamp_seconds"],
  ["backup_last_success_timestamp_seconds", "gauge", "timestamp_seconds"],
  ["node_hwmon_temp_celsius", "gauge", "celsius"],
  ["node_load1", "gauge", "count"],
  ["go_goroutines", "gauge", "count"],
  ["go_info", "info", "count"],
  ["http_request_duration_seconds", "gauge", "seconds"],
  ["http_request_duration_seconds_count_total", "counter", "count"],
  ["http_request_duration_seconds_sum_total", "counter", "seconds"],
  ["http_response_size_bytes_sum_total", "counter", "bytes"],
  ["errors_total", "counter", "count"],
  ["heat_celsius_total", "counter", "count"],
])("%s is a %s of %s", (name, kind, unit) => {
  expect(specOfFound(name, "it")).toMatchObject({ kind, unit });
});

test("a counter's name ends in _total, and no other's; Unity's own names are not taken", () => {
  expect([names.counter("a"), names.counter("a_total"), names.gauge("a"), names.gauge("a_total")]).toEqual([
    "a_total",
    "a_total",
    "a",
    "a_total_value",
  ]);
  expect(names.part("took_seconds", "sum")).toBe("took_seconds_sum_total");
  expect(names.gauge("unity_collector_up")).toBe("exported_unity_collector_up");
  expect(names.gauge("exporter_series")).toBe("exported_exporter_series");
});

test.each([
  ["tsdb_lowest_timestamp_seconds", 9_223_372_036_854_776, false],
  ["tsdb_lowest_timestamp_seconds", -1, false],
  ["tsdb_lowest_timestamp_seconds", 1_790_000_000, true],
  ["errors_total", -1, false],
  ["heat_celsius", -1, true],
])("whether %s can be %d: %s", (name, value, plausible) => {
  expect(isPlausible(name, value)).toBe(plausible);
});

test("labels that Unity has itself get another name", () => {
  expect(["instance", "host", "job"].map(nameOfFoundLabel)).toEqual(["exported_instance", "exported_host", "job"]);
});
