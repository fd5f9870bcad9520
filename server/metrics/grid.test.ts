import fc from "fast-check";
import { expect, test } from "vitest";
import { chooseGrid } from "./grid";

const instant = fc.integer({ min: 0, max: 4_102_444_800_000 });

test("a grid covers its window, is aligned to the epoch, and has no more buckets than asked for", () => {
  fc.assert(
    fc.property(
      instant,
      fc.integer({ min: 1, max: 10 * 365 * 86_400_000 }),
      fc.integer({ min: 1, max: 2_000 }),
      fc.constantFrom(1_000, 7_000, 60_000, 3_600_000, 86_400_000),
      (from, window, maxPoints, minStepMs) => {
        const grid = chooseGrid({ from, to: from + window, maxPoints, minStepMs });
        expect(grid.length).toBeGreaterThanOrEqual(1);
        expect(grid.length).toBeLessThanOrEqual(maxPoints);
        expect(grid.stepMs).toBeGreaterThanOrEqual(minStepMs);
        expect(grid.from % grid.stepMs).toBe(0);
        expect(grid.from).toBeLessThanOrEqual(from);
        expect(grid.from + grid.stepMs).toBeGreaterThan(from);
        expect(grid.from + grid.length * grid.stepMs).toBeGreaterThanOrEqual(from + window);
        expect(grid.from + (grid.length - 1) * grid.stepMs).toBeLessThan(from + window);
      },
    ),
  );
});

test("the same step gives the same buckets, so that two windows fit together", () => {
  const day = { maxPoints: 100, minStepMs: 1_000 };
  const first = chooseGrid({ ...day, from: 1_795_478_412_345, to: 1_795_564_812_345 });
  const later = chooseGrid({ ...day, from: 1_795_478_999_999, to: 1_795_565_399_999 });
  expect(later.stepMs).toBe(first.stepMs);
  expect((later.from - first.from) % first.stepMs).toBe(0);
});

test("an empty window is one bucket", () => {
  expect(chooseGrid({ from: 90_000, to: 90_000, maxPoints: 10, minStepMs: 60_000 })).toMatchObject({ length: 1 });
});
