import { dehydrate, hydrate } from "@tanstack/react-query";
import { expect, test, vi } from "vitest";
import { createQueryClient } from "./query-client";

test("a page that was rendered leaves nothing behind on the server that would keep its data", async () => {
  vi.useFakeTimers();
  const [prefetching, rendering] = [createQueryClient(), createQueryClient()];
  await prefetching.prefetchQuery({ queryKey: ["overview"], queryFn: () => "a megabyte" });
  hydrate(rendering, dehydrate(prefetching));
  expect(rendering.getQueryData(["overview"])).toBe("a megabyte");
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});
