import { expect, test } from "vitest";
import { createNewestChunks } from "./newest-chunks";

const chunk = (series: number, startAt = 0) => ({ series, startAt, data: new Uint8Array(800) });

test("the newest chunk of a series takes the place of the one before", () => {
  const chunks = createNewestChunks();
  chunks.put(chunk(1, 10));
  chunks.put(chunk(1, 20));
  expect(chunks.get(1)?.startAt).toBe(20);
  chunks.drop(1);
  expect(chunks.get(1)).toBeUndefined();
});

test("those that came first make room for those that come last, and no more than needed", () => {
  const chunks = createNewestChunks(4_000);
  for (let series = 1; series <= 4; series++) chunks.put(chunk(series));
  chunks.put(chunk(3));
  chunks.put(chunk(5));
  expect([1, 2, 3, 4, 5].filter((series) => chunks.get(series))).toEqual([3, 4, 5]);
});
