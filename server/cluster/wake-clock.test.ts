import { expect, test } from "vitest";
import { createWakeClock } from "./wake-clock";

test("time goes on while the machine sleeps, and never back", () => {
  const at = { own: 50, wall: 1_795_478_400_000 };
  const now = createWakeClock({ own: () => at.own, wall: () => at.wall });
  const pass = (own: number, wall: number) => {
    at.own += own;
    at.wall += wall;
    return now();
  };
  const start = now();
  expect(pass(4_000, 4_010) - start).toBe(4_000);
  // An hour of sleep.
  expect(pass(100, 3_600_100) - start).toBe(3_604_100);
  // Somebody sets the calendar back.
  expect(pass(1_000, -7_200_000) - start).toBe(3_605_100);
});
