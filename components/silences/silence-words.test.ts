import { expect, test } from "vitest";
import { countWords, matchersWords, openingWords, whenWords } from "./silence-words";

test.each([
  [[], "Everything"],
  [[{ of: "host", op: "is", value: "nas" } as const], "host nas"],
  [
    [
      { of: "instance", op: "is", value: "i1" } as const,
      { of: "severity", op: "is_not", value: "critical" } as const,
      { of: "label", label: "mount", op: "like", value: "/srv/*" } as const,
      { of: "label", label: "pool", op: "is", value: "" } as const,
    ],
    "instance disks · severity not critical · mount like /srv/* · pool empty",
  ],
])("%j", (matchers, words) => {
  expect(matchersWords(matchers, (id) => (id === "i1" ? "disks" : undefined))).toBe(words);
});

const at = (text: string) => Date.parse(`${text}Z`);

test.each([
  ["2026-03-29T01:00", "2026-03-29T03:00", "Europe/Berlin", "Sun 29 Mar 03:00–05:00"],
  ["2026-10-25T00:30", "2026-10-25T02:30", "Europe/Berlin", "Sun 25 Oct 02:30–03:30"],
  ["2026-05-01T22:00", "2026-05-02T02:00", "UTC", "Fri 1 May 22:00 – Sat 2 May 02:00"],
  ["2026-09-01T22:00", "2026-09-01T23:00", "Australia/Lord_Howe", "Wed 2 Sep 08:30–09:30"],
])("%s to %s in %s", (from, to, zone, words) => {
  expect(openingWords({ from: at(from), to: at(to) }, zone)).toBe(words);
});

test("what comes again says its zone where the viewer has another", () => {
  const when = { kind: "cron", expression: "0 2 * * 0", durationSeconds: 7_200, timeZone: "Europe/Berlin" } as const;
  expect(whenWords(when, "Europe/Berlin")).toBe("Sundays at 02:00 for 2 h");
  expect(whenWords(when, "UTC")).toBe("Sundays at 02:00 for 2 h, Europe/Berlin");
});

test("alerts are counted in words", () => {
  const counted = [
    { firing: 0, pending: 0 },
    { firing: 1, pending: 2 },
    { firing: 3, pending: 0 },
  ].map(countWords);
  expect(counted).toEqual(["no alerts", "1 alert and 2 pending", "3 alerts"]);
});
