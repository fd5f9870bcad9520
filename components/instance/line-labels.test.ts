import { expect, test } from "vitest";
import { nameLines } from "./line-labels";

const line = (labels: Record<string, string>, metric = "disk_used_ratio") => ({ metric, labels });
const names = (lines: ReturnType<typeof line>[], order: string[] = []) => nameLines(lines, order, "disk");

test("as few labels as tell lines apart, in the order the metric declares them", () => {
  const order = ["mount", "device", "fstype"];
  expect(
    names(
      [line({ device: "sda1", fstype: "ext4", mount: "/" }), line({ device: "sdb1", fstype: "ext4", mount: "/srv" })],
      order,
    ),
  ).toEqual(["/", "/srv"]);
  expect(names([line({ device: "sda1", mount: "/srv" }), line({ device: "sdb1", mount: "/srv" })], order)).toEqual([
    "sda1",
    "sdb1",
  ]);
});

test("what all lines share is left out", () => {
  const phase = (name: string, endpoint = "a") => line({ endpoint, phase: name }, "http_phase");
  expect(names([phase("dns"), phase("tls")], ["endpoint", "phase"])).toEqual(["dns", "tls"]);
  expect(names([phase("dns"), phase("tls"), phase("dns", "b")], ["endpoint", "phase"])).toEqual([
    "a · dns",
    "a · tls",
    "b · dns",
  ]);
});

test("one line is named by its first label, so that it has the same colour as on charts of many", () => {
  expect(names([line({ device: "sda1", mount: "/" })], ["mount", "device"])).toEqual(["/"]);
});

test("several metrics put their name in front, and labels only where one has several lines", () => {
  const reads = line({ device: "sda" }, "disk_reads_total");
  const writes = line({ device: "sda" }, "disk_writes_total");
  expect(names([reads, writes], ["device"])).toEqual(["Reads", "Writes"]);
  expect(names([reads, writes, line({ device: "sdb" }, "disk_reads_total")], ["device"])).toEqual([
    "Reads · sda",
    "Writes · sda",
    "Reads · sdb",
  ]);
});

test("a line without labels has no name, and empty values say nothing", () => {
  expect(names([line({})])).toEqual([""]);
  expect(names([line({ mount: "", device: "sda" })], ["mount", "device"])).toEqual(["sda"]);
});
