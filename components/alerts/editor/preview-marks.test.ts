import { expect, test } from "vitest";
import { episodeBands, limitsOf } from "./preview-marks";

const line = (limit: number | null, ignored = false) => ({ limit, ignored }) as Parameters<typeof limitsOf>[1][number];
const part = (more: object) =>
  ({ kind: "value", metric: "m", where: [], take: { kind: "last" }, is: "above", limit: 1, ...more }) as Parameters<
    typeof limitsOf
  >[0];

test("each limit that applies is a line, and a band has two", () => {
  expect(limitsOf(part({}), [line(1), line(1), line(2), line(3, true), line(null)], "warning")).toEqual([
    { value: 1, severity: "warning" },
    { value: 2, severity: "warning" },
  ]);
  expect(limitsOf(part({ is: "outside", upper: 5 }), [line(1)], "info").map(({ value }) => value)).toEqual([1, 5]);
});

test("what is not drawn has no line", () => {
  expect(limitsOf(part({ take: { kind: "increase", seconds: 60 } }), [line(1)], "warning")).toEqual([]);
  expect(limitsOf({ kind: "absent", metric: "m", where: [], seconds: 60 }, [line(60)], "warning")).toEqual([]);
});

test("episodes of an instance that touch are one band, and one that goes on has no end", () => {
  const episode = (instanceId: string, from: number, to: number | null) => ({ instanceId, from, to });
  const bands = episodeBands(
    [episode("a", 50, null), episode("a", 0, 10), episode("b", 0, 99), episode("a", 5, 20), episode("a", 60, 70)],
    "a",
    "critical",
  );
  expect(bands.map(({ from, to }) => [from, to])).toEqual([
    [0, 20],
    [50, null],
  ]);
});
