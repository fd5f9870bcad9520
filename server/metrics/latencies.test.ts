import { expect, test } from "vitest";
import { createLatencies } from "./latencies";

test("says nothing before the first, then the middle and the slow end of the last few hundred", () => {
  const latencies = createLatencies();
  expect(latencies.summary()).toBeNull();
  latencies.add(7);
  expect(latencies.summary()).toEqual({ count: 1, p50Ms: 7, p95Ms: 7 });
  for (let ms = 1; ms <= 1_000; ms++) latencies.add(ms);
  expect(latencies.summary()).toEqual({ count: 256, p50Ms: 872, p95Ms: 988 });
});
