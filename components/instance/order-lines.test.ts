import { expect, test } from "vitest";
import { orderLines } from "./order-lines";

const line = (metric: string, label: string) => ({ metric, label });

test("names count as people do", () => {
  const lines = ["15m", "1m", "5m"].map((label) => line("load", label));
  expect(orderLines(lines, ["load"]).map(({ label }) => label)).toEqual(["1m", "5m", "15m"]);
});

test("metrics come in the chart's order, others last", () => {
  const lines = [line("other", "a"), line("used", "z"), line("total", "b"), line("used", "a")];
  expect(orderLines(lines, ["total", "used"])).toEqual([
    line("total", "b"),
    line("used", "a"),
    line("used", "z"),
    line("other", "a"),
  ]);
});
