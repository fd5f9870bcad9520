import { expect, test } from "vitest";
import { createRunId } from "./run-id";

test("ids of runs are UUIDs of version 7, all different, in the order of time", async () => {
  const before = Date.now();
  const ids = Array.from({ length: 1_000 }, createRunId);
  expect(new Set(ids).size).toBe(1_000);
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  const at = Number.parseInt(ids[0]?.replace("-", "").slice(0, 12) ?? "", 16);
  expect(at).toBeGreaterThanOrEqual(before);
  expect(at).toBeLessThanOrEqual(Date.now());
});
