import { expect, test } from "vitest";
import type { StoragePlan } from "@/components/data/outputs";
import { days, planWords } from "./plan-words";

const GIB = 1_024 ** 3;
const cost = (bytes: number) => ({ bytes, rawBytes: bytes, hourlyBytes: 0, dailyBytes: 0, otherBytes: 0, plugins: [] });
const plan = (rest: Partial<StoragePlan>): StoragePlan => ({
  asSet: cost(4 * GIB),
  kept: { rawDays: 30, hourlyDays: 365, dailyDays: 1_825, plugins: {} },
  cost: cost(4 * GIB),
  shortened: false,
  fits: true,
  ...rest,
});
const asked = { rawDays: 30, hourlyDays: 365, budgetBytes: 5 * GIB };
const short = { kept: { rawDays: 12, hourlyDays: 365, dailyDays: 1_825, plugins: {} }, shortened: true };

test.each([
  [plan({}), { ...asked, budgetBytes: null }, "ok", "It levels off at 4 GiB", null],
  [plan({}), asked, "ok", "It fits: 4 GiB of 5 GiB", null],
  [
    plan({ ...short, cost: cost(1.9 * GIB) }),
    { ...asked, budgetBytes: 2 * GIB },
    "warn",
    "To stay under 2 GiB, some of it is kept shorter",
    "Kept are exact samples 12 days instead of 30 days. As it is set, it would come to 4 GiB.",
  ],
  [
    plan({ ...short, kept: { ...short.kept, rawDays: 2, hourlyDays: 30 }, cost: cost(GIB), fits: false }),
    { ...asked, budgetBytes: GIB / 2 },
    "bad",
    "It does not fit into 512 MiB",
    "Even with exact samples 2 days instead of 30 days, hourly averages 30 days instead of 1 year, which is as short as makes sense, it comes to 1 GiB. Raise the budget, collect less often, or remove instances.",
  ],
] as const)("says what a plan means", (given, settings, tone, title, detail) => {
  expect(planWords(given, settings)).toEqual({ tone, title, detail });
});

test("days as people say them", () => {
  expect([1, 30, 365, 1_825, 400].map(days)).toEqual(["1 day", "30 days", "1 year", "5 years", "400 days"]);
});
