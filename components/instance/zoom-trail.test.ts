import { expect, test } from "vitest";
import type { TimeRange } from "@/components/data/time-range";
import { addZoom, resetZoom } from "./zoom-trail";

const DAY: TimeRange = { kind: "last", ms: 86_400_000 };
const HOUR: TimeRange = { kind: "last", ms: 3_600_000 };
const first: TimeRange = { kind: "fixed", from: 0, to: 1_000_000 };
const second: TimeRange = { kind: "fixed", from: 100, to: 500_000 };

test("a double click returns to where the first of several zooms came from", () => {
  const trail = addZoom(addZoom(null, DAY, first), first, second);
  expect(resetZoom(trail, second, HOUR)).toEqual(DAY);
});

test("a range chosen by hand after a zoom is where the next one comes from", () => {
  const trail = addZoom(addZoom(null, DAY, first), HOUR, second);
  expect(resetZoom(trail, second, DAY)).toEqual(HOUR);
});

test("without a zoom, a window from a link gives way to the usual one, and a running window stays", () => {
  expect(resetZoom(null, first, HOUR)).toEqual(HOUR);
  expect(resetZoom(null, DAY, HOUR)).toBeNull();
});
