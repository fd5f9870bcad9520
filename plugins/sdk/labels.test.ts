import { expect, test } from "vitest";
import { labelItems, toLabel } from "./labels";

test.each([
  ["Öffentliche Filme 🎬", "Öffentliche Filme 🎬"],
  ["a\nb\u202e", "a\\012b\\u202e"],
  ["a\0b", "a\\000b"],
  ["half \ud83c", "half \ufffd"],
  ["x".repeat(500), "x".repeat(200)],
  ["🎬".repeat(300), "🎬".repeat(200)],
])("makes a label of %j", (text, label) => {
  expect(toLabel(text)).toBe(label);
});

test("stays within what a label may have, also when every character is an escape", () => {
  expect(toLabel("\u202e".repeat(1_000)).length).toBeLessThanOrEqual(512);
});

test("tells items of one name apart by their ids", () => {
  const items = [
    { id: "1", name: "Films" },
    { id: "2", name: "Music" },
    { id: "3", name: "Films" },
    { id: "4", name: "" },
  ];
  const labels = labelItems(items, { name: (item) => item.name, id: (item) => item.id });
  expect(labels.map(({ label }) => label)).toEqual(["Films (1)", "Music", "Films (3)", "4"]);
});
