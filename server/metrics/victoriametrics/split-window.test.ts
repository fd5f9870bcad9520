import fc from "fast-check";
import { expect, test } from "vitest";
import { HOUR_MS } from "../grid";
import { splitWindow } from "./split-window";

const MINUTE_MS = 60_000;

test("pieces follow one another, what is young is read raw, and what the server adds up fits into units", () => {
  const property = fc.property(
    fc.constantFrom(5 * MINUTE_MS, HOUR_MS, 24 * HOUR_MS),
    fc.integer({ min: 1, max: 60 * 60 * 24 * 3 }),
    fc.array(fc.integer({ min: -1_000, max: 4 * 24 * HOUR_MS }), { maxLength: 12 }),
    (unitMs, seconds, instants) => {
      const window = { from: 7 * unitMs, to: 7 * unitMs + seconds * 1_000 };
      const at = Float64Array.from(instants, (instant) => window.from + instant).sort();
      const pieces = splitWindow(window, unitMs, [{ at, value: at }]);
      let end = window.from;
      for (const piece of pieces) {
        expect(piece.from).toBe(end);
        end = piece.to;
        const [first, last] = [piece.from, piece.to - 1].map((instant) => Math.floor(instant / unitMs));
        if (piece.kind === "whole") expect([piece.from % unitMs, piece.to % unitMs]).toEqual([0, 0]);
        else if (piece.kind === "rest") expect(first).toBe(last);
        if (piece.kind !== "raw") expect(at.filter((one) => one >= piece.from && one < piece.to)).toHaveLength(0);
      }
      expect(end).toBe(window.to);
    },
  );
  fc.assert(property);
});

test("of a day with one young sample a minute is read raw", () => {
  const at = Float64Array.of(9 * HOUR_MS + 1);
  expect(splitWindow({ from: 0, to: 24 * HOUR_MS }, 24 * HOUR_MS, [{ at, value: at }])).toEqual([
    { kind: "rest", from: 0, to: 9 * HOUR_MS },
    { kind: "raw", from: 9 * HOUR_MS, to: 9 * HOUR_MS + MINUTE_MS },
    { kind: "rest", from: 9 * HOUR_MS + MINUTE_MS, to: 24 * HOUR_MS },
  ]);
});
