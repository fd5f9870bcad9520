import { expect, test } from "vitest";
import { untilNextChange } from "./next-change";

const NOW = 1_790_000_000_000;
const opening = (from: number, to: number | null) => ({
  from: NOW + from,
  to: to === null ? null : NOW + to,
  clock: null,
});

test.each([
  ["nothing is planned", [], 3_600_000],
  ["one ends", [{ open: opening(-5_000, 20_000), next: null }], 20_250],
  [
    "one begins before another ends",
    [
      { open: opening(-5_000, 20_000), next: null },
      { open: null, next: opening(9_000, 30_000) },
    ],
    9_250,
  ],
  ["it is far away, or has no end", [{ open: opening(-5_000, null), next: opening(86_400_000, null) }], 3_600_000],
  ["it is due by now", [{ open: opening(-5_000, -100), next: null }], 1_000],
])("silences are read again when one changes: %s", (_, silences, wait) => {
  expect(untilNextChange(silences, NOW)).toBe(wait);
});
