import fc from "fast-check";
import { expect, test } from "vitest";
import { RouteDraft } from "./shapes/route";
import { SilenceDraft } from "./shapes/silence";
import { filled, matcher, text } from "./test-yaml-text";
import { parseAlerts, printAlerts } from "./yaml";

/** Channels, routes and silences in a file; `yaml.test.ts` has the rules. */

const key = filled.filter((one) => one !== "__proto__");
const name = filled.map((one) => one.trim().slice(0, 60));
const json = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 2 },
    text,
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(key, tie("value"), { maxKeys: 3 }),
  ),
})).value;
const channel = fc.record({
  kind: fc.constantFrom("webhook", "ntfy", "*", "null"),
  name,
  enabled: fc.boolean(),
  config: fc.dictionary(key, json, { maxKeys: 4 }),
});

const chosen = fc.oneof(fc.constant("all"), fc.array(text, { maxLength: 3 }));
const clock = fc.constantFrom("00:00", "07:30", "23:59");
const route = fc
  .record(
    {
      name: filled,
      timeZone: fc.constantFrom("UTC", "Europe/Berlin", "America/New_York"),
      enabled: fc.boolean(),
      match: fc.record(
        {
          severity: fc.constantFrom("info", "critical"),
          hosts: fc.array(filled, { maxLength: 2 }),
          labels: fc.array(matcher, { maxLength: 2 }),
          times: fc.array(fc.record({ from: clock, to: clock, weekdays: fc.subarray([1, 5, 7]) }), { maxLength: 2 }),
        },
        { requiredKeys: [] },
      ),
      channels: chosen,
      continue: fc.boolean(),
      group: fc.constantFrom("host", "none"),
      waitSeconds: fc.integer({ min: 0, max: 3_600 }),
      repeatHours: fc.record({ critical: fc.constantFrom(null, 1, 4.5), warning: fc.constantFrom(null, 24) }),
      escalate: fc.array(fc.record({ afterMinutes: fc.integer({ min: 1, max: 99 }), channels: chosen }), {
        maxLength: 2,
      }),
      digest: fc.oneof(fc.constant(null), fc.record({ at: clock })),
      title: text,
      text,
    },
    { requiredKeys: ["name", "timeZone"] },
  )
  .map((draft) => RouteDraft.omit({ id: true }).parse(draft));

const instant = fc.integer({ min: 0, max: 7_000_000_000_000 });
const span = fc
  .tuple(instant, fc.integer({ min: 1, max: 300 * 86_400_000 }))
  .map(([from, ms]) => ({ from, to: from + ms }));
const silence = fc
  .record({
    kind: fc.constantFrom("silence", "maintenance"),
    name: filled,
    matchers: fc.array(
      fc.oneof(
        matcher.map((one) => ({ of: "label", ...one })),
        matcher.map(({ op, value }) => ({ of: "host", op, value })),
      ),
      { maxLength: 3 },
    ),
    when: fc.oneof(
      span.map((one) => ({ kind: "once", ...one })),
      fc
        .tuple(fc.constantFrom({}, { from: 1_795_478_400_001 }), fc.constantFrom("0 3 * * *", "*/5 1 * * 1-5"))
        .map(([ends, expression]) => ({
          kind: "cron",
          expression,
          durationSeconds: 3_600,
          timeZone: "Europe/Berlin",
          ...ends,
        })),
    ),
    note: text,
  })
  .map((draft) => SilenceDraft.parse(draft));

const listOf = <T extends object>(content: fc.Arbitrary<T>) =>
  fc
    .uniqueArray(fc.tuple(fc.uuid(), content), { selector: ([id]) => id, maxLength: 4 })
    .map((list) => list.map(([id, one]) => ({ ...one, id })));

test("what was written is read as it was", () => {
  fc.assert(
    fc.property(listOf(channel), listOf(route), listOf(silence), (channels, routes, silences) => {
      const printed = printAlerts({ rules: [], overrides: [], channels, routes, silences });
      expect(parseAlerts(printed).file).toEqual({ rules: [], overrides: [], channels, routes, silences });
    }),
    { numRuns: 400 },
  );
}, 60_000);

test("what is as it is anyway is not written, and instants are written for people", () => {
  const route = RouteDraft.parse({
    name: "Nights",
    timeZone: "Europe/Berlin",
    match: { hosts: ["nas"] },
    channels: ["c1"],
  });
  const silence = SilenceDraft.parse({
    kind: "maintenance",
    name: "Backup",
    matchers: [{ of: "host", value: "nas" }],
    when: { kind: "once", from: 1_795_478_400_000, to: 1_795_478_400_500 },
  });
  const file = printAlerts({
    rules: [],
    overrides: [],
    channels: [{ id: "c1", kind: "ntfy", name: "Phone", enabled: true, config: { topic: "***" } }],
    routes: [{ ...route, id: "r1" }],
    silences: [{ ...silence, id: "s1" }],
  });
  expect(file).toBe(`version: 1
rules: []
overrides: []
channels:
  - id: c1
    kind: ntfy
    name: Phone
    config:
      topic: "***"
routes:
  - id: r1
    name: Nights
    match:
      hosts:
        - nas
    timeZone: Europe/Berlin
    channels:
      - c1
silences:
  - id: s1
    kind: maintenance
    name: Backup
    matchers:
      - of: host
        value: nas
    when:
      kind: once
      from: 2026-11-24T00:00:00Z
      to: 2026-11-24T00:00:00.500Z
`);
});

const SILENCE = "kind: silence, name: x, matchers: []";
test.each([
  [
    `silences: [{${SILENCE},\n when: {kind: once, from: tomorrow, to: 5}}]`,
    "Line 3: silences, number 1, when.from: Write it as 20",
  ],
  [`silences: [{${SILENCE}, when: {kind: once, from: 2026-01-01T00:00:00, to: 5}}]`, "when.from: Write it as"],
  [`silences: [{${SILENCE}, when: {kind: once, from: 5, to: 2}}]`, "when.to: It ends after it begins."],
  [`silences: [{${SILENCE}, when: {kind: cron, expression: x, durationSeconds: 60, timeZone: Mars}}]`, "when.timeZone"],
  ["routes: [{name: x,\n  timeZone: Mars/One}]", "Line 3: routes, number 1, timeZone: This time zone"],
  [`routes:\n${"  - {name: x}\n".repeat(101)}`, "Line 3: There may be 100 routes at most."],
  ["routes: [{name: x, channel: all}]", 'routes, number 1, channel: "channel" is nothing'],
  ["channels:\n  - {kind: ntfy, name: '', config: {}}", "Line 3: channels, number 1, name: Give it a name."],
])("refuses %s", (file, says) => {
  expect(() => parseAlerts(`version: 1\n${file}`)).toThrow(says);
});

test("a time with the distance from UTC is the same instant", () => {
  const when = "{kind: once, from: 2026-11-24T01:00:00+01:00, to: 2026-11-24T00:00:01Z}";
  const { file } = parseAlerts(`version: 1\nsilences: [{${SILENCE}, when: ${when}}]`);
  expect(file.silences?.[0]?.when).toMatchObject({ from: 1_795_478_400_000, to: 1_795_478_401_000 });
});
