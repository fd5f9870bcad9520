import { expect, test } from "vitest";
import { groupReadings } from "./group-readings";

const reading = (metric: string, value: number, labels = {}) => ({
  metric,
  value,
  labels,
  description: `What ${metric} is.`,
  unit: "bytes",
  kind: "gauge" as const,
});

test("readings stand by metric, in the order in which the plugin declares them", () => {
  const groups = groupReadings(
    [
      reading("disk_used_bytes", 1, { mount: "/" }),
      reading("disk_size_bytes", 9),
      reading("disk_used_bytes", 2, { mount: "/srv" }),
    ],
    [{ name: "disk_size_bytes" }, { name: "disk_inodes" }, { name: "disk_used_bytes" }],
    "disk",
  );
  expect(groups.map(({ name, readings }) => [name, readings.map(({ value }) => value)])).toEqual([
    ["Size", [9]],
    ["Used", [1, 2]],
  ]);
  expect(groups[0]).toMatchObject({ unit: "bytes", description: "What disk_size_bytes is." });
});

test("a metric that nobody declares comes last", () => {
  const groups = groupReadings([reading("b", 1), reading("a", 2)], [{ name: "a" }], "x");
  expect(groups.map(({ metric }) => metric)).toEqual(["a", "b"]);
});

test("two of one name are told apart by their unit", () => {
  const ratio = { ...reading("disk_used_ratio", 0.4), unit: "ratio" };
  const groups = groupReadings([reading("disk_used_bytes", 1), ratio], [], "disk");
  expect(groups.map(({ name }) => name)).toEqual(["Used (bytes)", "Used (%)"]);
});
