import { expect, test } from "vitest";
import { distinguish, nameSensor, numberTwins } from "./names";

const board = { name: "nct6798-isa-0290", driver: "nct6798", disk: "" };
const disk = { name: "nvme-pci-0100", driver: "nvme", disk: "Samsung SSD 990 PRO 2TB 345K" };

test.each([
  ["the driver's label", board, "temp1", "SYSTIN", {}, "SYSTIN"],
  ["the driver itself", board, "temp1", "", {}, "nct6798 temp1"],
  ["the user's name by file", board, "temp1", "SYSTIN", { "nct6798-isa-0290/temp1": "Board" }, "Board"],
  ["the user's name by label", board, "temp1", "SYSTIN", { "nct6798-isa-0290/SYSTIN": "Board" }, "Board"],
  ["an empty name of the user's", board, "temp1", "SYSTIN", { "nct6798-isa-0290/temp1": " " }, "SYSTIN"],
  ["another chip's name", board, "temp1", "SYSTIN", { "nct6797-isa-0290/temp1": "Board" }, "SYSTIN"],
  ["a disk", disk, "temp1", "Composite", {}, "Samsung SSD 990 PRO 2TB 345K"],
  ["a part of a disk", disk, "temp2", "Sensor 1", {}, "Samsung SSD 990 PRO 2TB 345K Sensor 1"],
  ["a memory module", { name: "spd5118-i2c-1-50", driver: "spd5118", disk: "" }, "temp1", "", {}, "DIMM 1-50"],
])("a sensor is named by %s", (_, chip, id, given, labels, expected) => {
  expect(nameSensor(chip, id, given, labels)).toBe(expected);
});

test("chips of one name are numbered", () => {
  expect(numberTwins([{ name: "a" }, { name: "b" }, { name: "a" }]).map(({ name }) => name)).toEqual(["a", "b", "a#2"]);
});

test("names are told apart by chip, within one by file, and only within one quantity", () => {
  const sensor = (id: string, label: string, quantity: "temperature" | "fan" = "temperature") => ({
    id,
    label,
    quantity,
  });
  const chips = distinguish([
    { name: "x", sensors: [sensor("temp1", "Core 0"), sensor("temp2", "Only"), sensor("fan1", "Only", "fan")] },
    { name: "y", sensors: [sensor("temp1", "Core 0"), sensor("temp2", "Same"), sensor("temp3", "Same")] },
  ]);
  expect(chips.flatMap(({ sensors }) => sensors.map(({ label }) => label))).toEqual([
    "Core 0 (x)",
    "Only",
    "Only",
    "Core 0 (y)",
    "Same (y temp2)",
    "Same (y temp3)",
  ]);
});
