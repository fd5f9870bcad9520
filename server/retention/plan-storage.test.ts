import { describe, expect, test } from "vitest";
import { costOf, type KeptDays, planStorage, type StorageLoad } from "./plan-storage";

const MB = 1_000_000;
const ASKED: KeptDays = { rawDays: 30, hourlyDays: 365, dailyDays: 1_825, plugins: {} };
/** 1,000 series every ten seconds: 8.64 million samples, 21.6 MB of them a day. */
const DISKS = { plugin: "disk", series: 1_000, samplesPerDay: 8_640_000, bytesPerSample: 2.5 };
/** Ten series twice a day. */
const CERTIFICATES = { plugin: "certificate", series: 10, samplesPerDay: 20, bytesPerSample: 10 };
const load = (rest: Partial<StorageLoad> = {}): StorageLoad => ({
  plugins: [DISKS],
  bytesPerBucket: 10,
  otherBytes: 0,
  ...rest,
});

describe("what it costs", () => {
  test("each tier for as long as it is kept, and what is there anyway", () => {
    expect(costOf(load({ otherBytes: 5 * MB }), ASKED)).toEqual({
      rawBytes: 30 * 21.6 * MB,
      hourlyBytes: 365 * 24_000 * 10,
      dailyBytes: 1_825 * 1_000 * 10,
      otherBytes: 5 * MB,
      bytes: 648 * MB + 87.6 * MB + 18.25 * MB + 5 * MB,
      plugins: [{ plugin: "disk", bytesPerDay: 21.6 * MB + 240_000 + 10_000, bytes: 753.85 * MB }],
    });
  });

  test("a series that is read twice a day has two hours of it, not 24", () => {
    const { hourlyBytes, dailyBytes } = costOf(load({ plugins: [CERTIFICATES] }), ASKED);
    expect(hourlyBytes).toBe(365 * 20 * 10);
    expect(dailyBytes).toBe(1_825 * 10 * 10);
  });

  test("a plugin that is kept for another time costs that", () => {
    const plugins = [DISKS, { ...DISKS, plugin: "docker" }];
    expect(costOf(load({ plugins }), { ...ASKED, plugins: { docker: 7 } }).rawBytes).toBe(37 * 21.6 * MB);
  });

  test("where raw samples of all plugins go together, all stay as long as those that are kept longest", () => {
    const plugins = [DISKS, { ...DISKS, plugin: "docker" }];
    const together = load({ plugins, rawTogether: true });
    expect(costOf(together, { ...ASKED, plugins: { docker: 7 } }).rawBytes).toBe(60 * 21.6 * MB);
    expect(costOf(together, { ...ASKED, plugins: { docker: 40 } }).rawBytes).toBe(80 * 21.6 * MB);
  });

  test("nothing costs nothing", () => {
    expect(costOf(load({ plugins: [] }), ASKED)).toMatchObject({ bytes: 0, plugins: [] });
  });
});

describe("what fits", () => {
  const rolledUp = 105.85 * MB;
  test.each<[string, number | null, Partial<KeptDays>, { rawDays: number; hourlyDays: number; fits: boolean }]>([
    ["everything without a budget", null, {}, { rawDays: 30, hourlyDays: 365, fits: true }],
    ["everything in a large one", 754 * MB, {}, { rawDays: 30, hourlyDays: 365, fits: true }],
    ["a day less in one that is just too small", 753 * MB, {}, { rawDays: 29, hourlyDays: 365, fits: true }],
    ["raw samples go first", rolledUp + 10.5 * 21.6 * MB, {}, { rawDays: 10, hourlyDays: 365, fits: true }],
    ["to the last that makes sense", rolledUp + 2 * 21.6 * MB, {}, { rawDays: 2, hourlyDays: 365, fits: true }],
    ["then hours", rolledUp + 2 * 21.6 * MB - 1, {}, { rawDays: 2, hourlyDays: 364, fits: true }],
    ["down to a month", 18.25 * MB + 43.2 * MB + 7.2 * MB, {}, { rawDays: 2, hourlyDays: 30, fits: true }],
    ["less does not fit, and it says so", 18.25 * MB + 50.4 * MB - 1, {}, { rawDays: 2, hourlyDays: 30, fits: false }],
    [
      "nothing is kept longer than it is set",
      1,
      { rawDays: 1, hourlyDays: 7 },
      { rawDays: 1, hourlyDays: 7, fits: false },
    ],
  ])("%s", (_, budgetBytes, asked, expected) => {
    const plan = planStorage(load(), { ...ASKED, ...asked }, budgetBytes);
    expect({ rawDays: plan.kept.rawDays, hourlyDays: plan.kept.hourlyDays, fits: plan.fits }).toEqual(expected);
    expect(plan.cost).toEqual(costOf(load(), plan.kept));
    expect(plan.kept.dailyDays).toBe(1_825);
    if (budgetBytes !== null && plan.fits) expect(plan.cost.bytes).toBeLessThanOrEqual(budgetBytes);
  });

  test("what is kept longest goes first: a plugin with a short time of its own keeps it as long as the others have more", () => {
    const plugins = [DISKS, { ...DISKS, plugin: "docker" }, { ...DISKS, plugin: "postgres" }];
    const asked = { ...ASKED, plugins: { docker: 7, postgres: 60 } };
    const { bytes } = costOf(load({ plugins }), { ...asked, rawDays: 10, plugins: { docker: 7, postgres: 10 } });
    const plan = planStorage(load({ plugins }), asked, bytes);
    expect(plan.kept).toMatchObject({ rawDays: 10, plugins: { docker: 7, postgres: 10 } });
    expect(plan.shortened).toBe(true);
  });
});
