import { expect, test } from "vitest";
import { findValue, parseMetrics, sumBy } from "./prometheus";

const parse = (text: string) => parseMetrics(text, "here", (name) => name.startsWith("a_"));

test("reads names, labels with escapes, values and timestamps", () => {
  const samples = parse(
    [
      "# HELP a_total Something.",
      'a_total{path="/x,{y}",text="say \\"hi\\"\\n\\\\",} 5 1790000000000',
      "a_plain 1.5e+09",
      "a_open NaN",
      'a_bucket{le="+Inf"} +Inf',
      'b_other{broken="never looked at} 1',
      "",
    ].join("\n"),
  );
  expect(samples.map(({ name, value }) => [name, value])).toEqual([
    ["a_total", 5],
    ["a_plain", 1.5e9],
  ]);
  expect(Object.fromEntries(samples[0]?.labels ?? [])).toEqual({ path: "/x,{y}", text: 'say "hi"\n\\' });
  expect(findValue(samples, "a_plain")).toBe(1.5e9);
});

test("adds up by a label", () => {
  const samples = parse('a_total{p="x",c="1"} 2\na_total{p="x",c="2"} 3\na_total{p="y"} 4\na_total 9');
  expect([...sumBy(samples, "a_total", "p")]).toEqual([
    ["x", 5],
    ["y", 4],
  ]);
});

test.each(["<html></html>", '{"a_total": 1}', "a_total{p=x} 1", "a_total", 'a_total{p="x" 1', "a_total one", "hello"])(
  "%s is no metric",
  (text) => {
    expect(() => parse(text)).toThrow(expect.objectContaining({ reason: "parse" }));
  },
);
