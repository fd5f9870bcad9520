import { expect, test } from "vitest";
import { draftOf, readDraft, sameSettings } from "./retention-draft";

const STORED = {
  rawDays: 30,
  hourlyDays: 365,
  dailyDays: 1_825,
  alertsDays: 45,
  runsDays: 7,
  auditDays: 365,
  plugins: { docker: 7 },
  budgetBytes: 2.5 * 1_024 ** 3,
};

test("what is set goes into the form and back", () => {
  expect(draftOf(STORED)).toMatchObject({ rawDays: 30, plugins: [{ plugin: "docker", days: 7 }], budgetGib: 2.5 });
  expect(readDraft(draftOf(STORED))).toEqual({ ok: true, settings: STORED });
  expect(readDraft(draftOf({ ...STORED, budgetBytes: null }))).toMatchObject({
    settings: { budgetBytes: null },
  });
});

test.each([
  [{ rawDays: null }, { rawDays: "Type a number of days." }],
  [{ rawDays: Number.NaN }, {}],
  [{ runsDays: 0 }, {}],
  [{ alertsDays: null }, { alertsDays: "Type a number of days." }],
  [{ auditDays: null }, { auditDays: "Type a number of days." }],
  [{ auditDays: 0.5 }, {}],
  [{ budgetGib: -1 }, {}],
  [{ budgetGib: Number.NaN }, {}],
  [{ plugins: [{ plugin: "docker", days: null }] }, {}],
  [{ rawDays: 400 }, { hourlyDays: "Not shorter than exact samples: 400 days or more." }],
  [{ plugins: [{ plugin: "docker", days: 366 }] }, { hourlyDays: "Not shorter than exact samples: 366 days or more." }],
  [{ dailyDays: 300 }, { dailyDays: "Not shorter than hourly averages: 365 days or more." }],
])("%j cannot be saved", (change, errors) => {
  expect(readDraft({ ...draftOf(STORED), ...change })).toEqual({ ok: false, errors });
});

test("the order in which plugins were added changes nothing", () => {
  const one = { ...STORED, plugins: { docker: 7, disk: 90 } };
  expect(sameSettings(one, { ...one, plugins: { disk: 90, docker: 7 } })).toBe(true);
  expect(sameSettings(one, STORED)).toBe(false);
});
