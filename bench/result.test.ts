import { expect, test } from "vitest";
import { judge, meets, toText } from "./result";

test.each([
  ["samples_per_s", 2_001, 2_000, true],
  ["samples_per_s", 1_999, 2_000, false],
  ["rss_mb", 159, 160, true],
  ["rss_mb", 161, 160, false],
  ["rss_mb", undefined, 160, false],
  ["rss_mb", Number.NaN, 160, false],
])("%s of %s with the target %s", (figure, value, target, met) => {
  expect(meets(figure, value, target)).toBe(met);
});

test("one missed target is a missed benchmark, and the table says which", () => {
  const measured = { figures: { rss_mb: 150.126, cpu_percent: 3 }, targets: { rss_mb: 160, cpu_percent: 2 } };
  const result = judge("idle", measured);
  expect(result).toEqual({
    name: "idle",
    figures: { rss_mb: 150.13, cpu_percent: 3 },
    targets: measured.targets,
    met: false,
  });
  expect(toText(result)).toMatch(/rss_mb +150.13 +at most 160\n +cpu_percent +3 +at most 2 +MISSED/);
});
