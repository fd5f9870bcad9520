import { expect, test } from "vitest";
import { extendStrip } from "./extend-strip";
import type { Status } from "./outputs";

const SLOT = 1_800_000;
const END = 10 * SLOT;
const run = (lastRunAt: number, rest: Partial<Status> = {}): Status => ({
  instanceId: "a",
  health: "healthy",
  since: 0,
  lastRunAt,
  lastSuccessAt: lastRunAt,
  reason: null,
  message: null,
  hint: null,
  consecutiveErrors: 0,
  ...rest,
});
const strip = { strip: ["ok", "failed", "none"] as ("ok" | "partial" | "failed" | "none")[], stripEndsAt: END };

test("a run fills its half hour", () => {
  expect(extendStrip(strip, run(END - 1)).strip).toEqual(["ok", "failed", "ok"]);
  expect(extendStrip(strip, run(END - 1, { message: "one disk did not answer" })).strip).toEqual([
    "ok",
    "failed",
    "partial",
  ]);
});

test("the worst of a half hour stays", () => {
  expect(extendStrip(strip, run(END - SLOT - 1))).toEqual(strip);
  expect(extendStrip(strip, run(END - 2 * SLOT - 1, { consecutiveErrors: 1 })).strip[0]).toBe("failed");
});

test("a new half hour moves it on, and what was skipped is empty", () => {
  expect(extendStrip(strip, run(END))).toEqual({ strip: ["failed", "none", "ok"], stripEndsAt: END + SLOT });
  expect(extendStrip(strip, run(END + 50 * SLOT))).toEqual({
    strip: ["none", "none", "ok"],
    stripEndsAt: END + 51 * SLOT,
  });
});

test("before the first run nothing changes", () => {
  expect(extendStrip(strip, { ...run(0), lastRunAt: null })).toEqual(strip);
});
