import { expect, test } from "vitest";
import { parseSensors, repairJson } from "./parse-tool";

test.each([
  ["good JSON", '{"a": {"b": -1.5e3, "c": "x, }"}}', { a: { b: -1_500, c: "x, }" } }],
  ["commas before an end", '{"a": {"b": 1,},}', { a: { b: 1 } }],
  ["commas in a row and at the start", '{,"a": 1,,"b": 2,}', { a: 1, b: 2 }],
  ["NaN and infinities", '{"a": NaN, "b": -nan, "c": inf, "d": 1}', { a: null, b: null, c: null, d: 1 }],
  ["a missing value", '{"a": , "b": }', { a: null, b: null }],
  ["a bare label", '{"Fan": {(Fan),\n"fan1_input": 900.000}}', { Fan: { fan1_input: 900 } }],
  ["words in a text", '{"a": "NaN, }", "b\\"c": 1}', { a: "NaN, }", 'b"c': 1 }],
])("mends %s", (_, text, expected) => {
  expect(JSON.parse(repairJson(text))).toEqual(expected);
});

test.each([["Tctl: +52.1 C"], ['{"a": {'], ['{"a'], ["[]"], ["42"], ['{"a": 1}'], [""]])("refuses %j", (text) => {
  expect(() => parseSensors(text, {})).toThrow();
});

test("a label that is a name of the language's is a label", () => {
  const text =
    '{"__proto__": {"Adapter": "x", "constructor": {"temp1_input": 40}}, "toString-isa-0000": {"__proto__": {"temp1_input": 41}}}';
  const values = parseSensors(text, {});
  for (const { value } of values) expect([40, 41]).toContain(value);
  expect(({} as Record<string, unknown>).temp1_input).toBeUndefined();
});

test.each(['"', '\\"', "{", ",", ":", "nan,", "(", '"\\'])("a %s that never ends is refused at once", (piece) => {
  const startedAt = performance.now();
  expect(() => parseSensors(`{${piece.repeat(100_000)}`, {})).toThrow();
  expect(performance.now() - startedAt).toBeLessThan(5_000);
});
