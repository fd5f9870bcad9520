import { expect, test } from "vitest";
import type { Standing } from "./shapes/alert";
import { type Input, step, type Timing, unborn } from "./step";

const SECOND = 1_000;
const timing = (more: Partial<Timing> = {}): Timing => ({
  forMs: 0,
  keepFiringMs: 0,
  maxStepMs: 30 * SECOND,
  whenGone: "resolve",
  ...more,
});
const holds: Input = { kind: "value", holds: true };
const over: Input = { kind: "value", holds: false };
const gone: Input = { kind: "no_data" };
const fails: Input = { kind: "error" };

/** Inputs ten seconds apart, or at given seconds. @returns the phase after each */
function live(rule: Timing, inputs: readonly (Input | readonly [Input, number])[]): string[] {
  let standing: Standing = unborn(0);
  return inputs.map((given, index) => {
    const [input, second] = "kind" in given ? [given, index * 10] : given;
    standing = step(rule, standing, input, second * SECOND);
    return standing.phase;
  });
}

test("fires at once, or once it has held for long enough", () => {
  expect(live(timing(), [over, holds, over])).toEqual(["inactive", "firing", "resolved"]);
  expect(live(timing({ forMs: 20 * SECOND }), [holds, holds, holds, over])).toEqual([
    "pending",
    "pending",
    "firing",
    "resolved",
  ]);
  expect(live(timing({ forMs: 20 * SECOND }), [holds, over, holds, holds])).toEqual([
    "pending",
    "inactive",
    "pending",
    "pending",
  ]);
});

test("goes on firing until it has been over for long enough without a break", () => {
  const rule = timing({ keepFiringMs: 20 * SECOND });
  expect(live(rule, [holds, over, over, over])).toEqual(["firing", "firing", "firing", "resolved"]);
  expect(live(rule, [holds, over, over, holds, over, over])).toEqual(Array(6).fill("firing"));
});

test("what fires goes on while nobody can look; what does not is neither well nor ill", () => {
  expect(live(timing(), [holds, fails, fails, over])).toEqual(["firing", "firing", "firing", "resolved"]);
  expect(live(timing({ forMs: 20 * SECOND }), [holds, fails, holds, holds, holds])).toEqual([
    "pending",
    "error",
    "pending",
    "pending",
    "firing",
  ]);
  expect(live(timing(), [over, fails, over])).toEqual(["inactive", "error", "inactive"]);
});

test("a series that ended resolves, keeps or fires, as the rule says", () => {
  expect(live(timing(), [holds, gone, gone])).toEqual(["firing", "resolved", "no_data"]);
  expect(live(timing({ whenGone: "keep" }), [holds, gone, over])).toEqual(["firing", "firing", "resolved"]);
  expect(live(timing({ whenGone: "fire" }), [over, gone, gone, over])).toEqual([
    "inactive",
    "firing",
    "firing",
    "resolved",
  ]);
});

test("late and doubled inputs change nothing", () => {
  const rule = timing({ forMs: 20 * SECOND });
  expect(live(rule, [holds, [holds, 0], [over, 0], holds, [over, 25], [holds, 20], [holds, 40]])).toEqual([
    "pending",
    "pending",
    "pending",
    "firing",
    "firing",
    "firing",
    "firing",
  ]);
});

test("a machine that slept has not been ill all night", () => {
  const rule = timing({ forMs: 60 * SECOND });
  expect(live(rule, [holds, [holds, 6 * 3_600], [holds, 6 * 3_600 + 10]])).toEqual(["pending", "pending", "pending"]);
});

test("a clock that was set back neither fires nor stands still for an hour", () => {
  const rule = timing({ forMs: 20 * SECOND });
  const hour = 3_600;
  expect(
    live(rule, [
      [holds, hour],
      [holds, hour + 10],
      [holds, 0],
      [holds, 10],
    ]),
  ).toEqual(["pending", "pending", "pending", "firing"]);
});
