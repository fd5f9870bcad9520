import { expect, test } from "vitest";
import { parseSamples } from "./parse-samples";

test("reads names, labels and values, and leaves comments out", () => {
  const page = `# HELP a_b What it is.
# TYPE a_b gauge
a_b 3
a_b{kind="photos",path="C:\\\\x \\"y\\"\\n}"} 4.5e+2 1790000000000
up{} 1 # {trace="x"} 1

go_gc NaN\r
go_max +Inf
# EOF
`;
  expect(parseSamples(page, "x")).toEqual([
    { name: "a_b", labels: {}, value: 3 },
    { name: "a_b", labels: { kind: "photos", path: 'C:\\x "y"\n}' }, value: 450 },
    { name: "up", labels: {}, value: 1 },
  ]);
});

test("takes what is wanted", () => {
  expect(parseSamples("a 1\nb 2", "x", (name) => name === "b")).toEqual([{ name: "b", labels: {}, value: 2 }]);
});

test.each(["<html></html>", '{"a":1}', "a", "{} 3", 'a{b="c} 3'])("%j is no page of metrics", (body) => {
  expect(() => parseSamples(body, "http://nas.lab/metrics")).toThrow(
    "http://nas.lab/metrics did not answer with metrics.",
  );
});

test("a long line that is none is given up at once", () => {
  expect(() => parseSamples(`a{${'b="c",'.repeat(50_000)}`, "x")).toThrow("did not answer");
});
