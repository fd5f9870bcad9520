import { expect, test } from "vitest";
import { draftOf, endOfSpan, matchersFrom, matchersOf, nameOf, newDraft, whenOf } from "./silence-draft";

const NOW = Date.parse("2026-11-26T12:34:56Z");
const MINUTE = 60_000;
const fresh = newDraft("silence", { now: NOW, timeZone: "Europe/Berlin" });

test("one tap begins now, at a whole minute", () => {
  const from = Date.parse("2026-11-26T12:34:00Z");
  expect(whenOf(fresh, NOW)).toEqual({ kind: "once", from, to: from + 60 * MINUTE });
  expect(whenOf({ ...fresh, span: "4h" }, NOW)).toEqual({ kind: "once", from, to: from + 240 * MINUTE });
});

test("until tomorrow at eight, and a week at the same time of day", () => {
  const morning = new Date(endOfSpan("morning", NOW));
  expect([morning.getHours(), morning.getMinutes(), morning.getDate()]).toEqual([8, 0, new Date(NOW).getDate() + 1]);
  expect(new Date(endOfSpan("week", NOW)).getHours()).toBe(new Date(NOW).getHours());
});

test("nothing is said while something is missing", () => {
  expect(whenOf({ ...fresh, span: "custom", to: "" }, NOW)).toBeNull();
  const window = newDraft("maintenance", { now: NOW, timeZone: "UTC" });
  expect(whenOf(window, NOW)).toEqual({
    kind: "cron",
    expression: "0 2 * * 0",
    durationSeconds: 7_200,
    timeZone: "UTC",
  });
  expect(whenOf({ ...window, durationMinutes: null }, NOW)).toBeNull();
  expect(whenOf({ ...window, durationMinutes: Number.NaN }, NOW)).toBeNull();
  expect(whenOf({ ...window, timeZone: " " }, NOW)).toBeNull();
});

test("what is edited comes back as it was", () => {
  const when = {
    kind: "cron",
    expression: "15 3 * * 1",
    durationSeconds: 5_400,
    timeZone: "Asia/Kolkata",
    to: NOW,
  } as const;
  const silence = {
    id: "s1",
    kind: "maintenance",
    name: "Updates",
    matchers: [{ of: "host", op: "is", value: "nas" }],
    when,
    note: "",
    pausesCollection: true,
    createdBy: null,
    createdAt: 0,
    state: "planned",
    open: null,
    next: null,
    openings: [],
    mutes: 0,
  } as const;
  const draft = draftOf({ ...silence, matchers: [...silence.matchers], openings: [] }, NOW, "UTC");
  expect(whenOf(draft, NOW)).toEqual({ ...when, from: undefined });
  expect([draft.name, draft.pausesCollection, matchersOf(draft)]).toEqual(["Updates", true, silence.matchers]);
});

test("half a label is none yet, and a name is found where none is typed", () => {
  const draft = { ...fresh, matchers: [{ of: "label", label: " ", op: "is", value: "x" }] as const };
  expect(matchersOf(draft)).toEqual([]);
  expect(nameOf(fresh, "host nas")).toBe("host nas");
  expect(nameOf({ ...fresh, name: " Night " }, "host nas")).toBe("Night");
});

test("a link says what is to be silenced", () => {
  expect(matchersFrom(new URLSearchParams("new=silence&rule=disk/full&instance=i1&other=x"))).toEqual([
    { of: "rule", op: "is", value: "disk/full" },
    { of: "instance", op: "is", value: "i1" },
  ]);
});
