import { expect, test } from "vitest";
import { fillSummary, summaryText } from "./fill-summary";

const alert = {
  summary: "{{mount}} on {{instance}} is {{value}} full, of {{limit}}",
  instanceName: "nas",
  host: "attic",
  labels: { mount: "/srv" },
  unit: "ratio",
  value: 0.934,
  limit: 0.9,
};

test.each([
  [{}, "/srv on nas is 93.4% full, of 90%"],
  [{ value: null }, "/srv on nas is – full, of 90%"],
  [{ summary: "{{host}} is down" }, "attic is down"],
  [{ summary: "{{ instance }} is down", instanceName: null }, "A removed instance is down"],
  [{ summary: "{{disk_name}} fails" }, "disk name fails"],
  [{ summary: "{{mount}} fails", labels: { mount: "" } }, "– fails"],
  [{ summary: "{{host}} fails", labels: { host: "a label" } }, "a label fails"],
  [{ summary: "no place {{ }} {x}" }, "no place {{ }} {x}"],
  [{ summary: "{{constructor}} {{__proto__}}" }, "constructor   proto  "],
  [{ summary: "{{value}} left", value: 3_600, unit: "seconds" }, "1 h left"],
])("%j reads %j", (change, text) => {
  expect(summaryText({ ...alert, ...change })).toBe(text);
});

test("what was filled in is told apart from the rule's own words, and is not filled in again", () => {
  expect(fillSummary({ ...alert, summary: "{{mount}} is full", labels: { mount: "{{value}} <b>" } })).toEqual([
    { text: "{{value}} <b>", filled: true },
    { text: " is full", filled: false },
  ]);
});

test("an endless name is cut", () => {
  const [part] = fillSummary({ ...alert, summary: "{{mount}}", labels: { mount: "x".repeat(5_000) } });
  expect(part?.text).toHaveLength(200);
});
