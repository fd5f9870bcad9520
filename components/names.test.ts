import { expect, test } from "vitest";
import { humanName, labelText } from "./names";

test.each([
  ["system_cpu_usage_ratio", "system-info", "CPU usage"],
  ["system_cpu_usage_ratio", undefined, "CPU usage"],
  ["network_receive_bytes_total", "network", "Receive"],
  ["unity_collector_duration_seconds", "disk", "Collector duration"],
  ["http_probe_duration_seconds", "web-service", "HTTP probe duration"],
  ["disk_io_time_seconds_total", "disk", "IO time"],
  ["process_count", "process", "Count"],
  ["bytes", "disk", "Bytes"],
])("%s of %s is %s", (metric, plugin, name) => {
  expect(humanName(metric, plugin)).toBe(name);
});

test("labels become a line's name", () => {
  expect(labelText({ device: "sda", kind: "", op: "read" })).toBe("sda · read");
});
