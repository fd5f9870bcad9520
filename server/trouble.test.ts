import { expect, test, vi } from "vitest";
import type { Log } from "./log";
import { createTrouble } from "./trouble";

test("a trouble is told once, with what the driver said, and once when it is over", () => {
  const warn = vi.fn();
  const info = vi.fn();
  const log = { warn, info } as unknown as Log;
  const trouble = createTrouble(log, { failing: "away", over: "back" });
  trouble.worked();
  for (let round = 0; round < 2; round++) {
    trouble.failed(new Error("Failed query: insert into a hundred rows", { cause: new Error("connection refused") }));
    trouble.failed(new Error("still away"));
    trouble.worked();
    trouble.worked();
  }
  expect(warn.mock.calls).toEqual([
    [{ error: "connection refused" }, "away"],
    [{ error: "connection refused" }, "away"],
  ]);
  expect(info).toHaveBeenCalledTimes(2);
});
