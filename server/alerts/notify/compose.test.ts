import fc from "fast-check";
import { expect, test } from "vitest";
import { Message } from "../shapes/message";
import { composeMessage, type Wording } from "./compose";
import type { Tell, TellEvent } from "./decide";
import { FACTS, MINUTE, makeAlert, makeRoute, START } from "./test-lead";

const WORDING: Wording = {
  factsOf: () => FACTS,
  publicUrl: "https://unity.lab",
  link: (id, deed) => `https://unity.lab/act/${id}.${deed}`,
};
const tell = (event: TellEvent, key: string, more = {}): Tell => ({ event, alert: makeAlert(key, START, more) });
const compose = (tells: readonly Tell[], route = {}, others = 0, wording = WORDING) =>
  composeMessage({ id: "m1", groupKey: "g", route: makeRoute(route), tells, others, now: START + 3 * MINUTE }, wording);

const TITLES: readonly [TellEvent, string][] = [
  ["firing", "Disk nearly full on disks"],
  ["still", "Still: Disk nearly full on disks"],
  ["flapping", "Comes and goes: Disk nearly full on disks"],
  ["resolved", "Resolved: Disk nearly full on disks"],
];
test.each(TITLES)("one that is %s has the title %s", (event, title) => {
  expect(compose([tell(event, "srv")]).title).toBe(title);
});

test("several are a list, what fires first; who fires still is counted", () => {
  const message = compose(
    [tell("resolved", "a"), tell("firing", "b"), tell("firing", "c", { severity: "critical" })],
    {},
    2,
  );
  expect(message.title).toBe("2 alerts, 1 resolved on nas");
  expect(message.severity).toBe("critical");
  expect(message.state).toBe("mixed");
  expect(message.text.split("\n").slice(-1)).toEqual(["2 more fire still."]);
  expect(message.text).toContain("Resolved: /a on disks is 97% full [warning]");
});

test("of hundreds the worst are told one by one, and the rest is counted", () => {
  const message = compose(Array.from({ length: 120 }, (_, index) => tell("firing", `d${index}`)));
  expect(message.alerts).toHaveLength(50);
  expect(message.more).toBe(70);
  expect(message.text).toContain("and 100 more");
});

test("a route's own words are filled in, once: what is filled in is only text", () => {
  const alert = tell("firing", "srv", { ruleName: "{{summary}}", labels: { mount: "{{host}}" } });
  const route = {
    title: "[{{severity}}] {{rule}} {{ host }} {{nothing}}",
    text: "{{labels}}\n\n{{duration}} since {{since}}",
  };
  const message = compose([alert], route);
  expect(message.title).toBe("[warning] {{summary}} nas {{nothing}}");
  expect(message.text).toBe("mount: {{host}}\n\n3 min since 2026-11-24 12:00");
});

test("a label that is called like a value is not the value", () => {
  const message = compose([tell("firing", "srv", { labels: { value: "0%" }, summary: "{{value}}" })]);
  expect(message.alerts[0]?.summary).toBe("97%");
});

test("links are made where Unity's address is known, and not of what is over", () => {
  const firing = compose([tell("firing", "srv")]);
  expect(firing.url).toBe(`https://unity.lab/alerts/${firing.alerts[0]?.id}`);
  expect(firing.actions.map(({ title }) => title)).toEqual(["Acknowledge", "Snooze 1 h"]);
  expect(compose([tell("resolved", "srv")]).actions).toEqual([]);
  const nowhere = compose([tell("firing", "srv")], {}, 0, { ...WORDING, publicUrl: "" });
  expect([nowhere.url, nowhere.actions]).toEqual([null, []]);
});

test("whatever names and labels hold, it is a message, its title one line", () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ name: fc.string({ unit: "binary" }), label: fc.string({ unit: "binary" }) }), {
        minLength: 1,
        maxLength: 30,
      }),
      (names) => {
        const tells = names.map(({ name, label }, index) =>
          tell("firing", `${index}`, { ruleName: name, summary: `${name} {{mount}}`, labels: { mount: label } }),
        );
        const message = compose(tells, {}, 0, {
          ...WORDING,
          factsOf: () => ({ ...FACTS, instance: names[0]?.name ?? "" }),
        });
        expect(Message.safeParse(message).error).toBeUndefined();
        expect(message.title).not.toMatch(/[\p{Cc}\u2028-\u202E]/u);
        expect(message.title.length).toBeLessThanOrEqual(250);
      },
    ),
  );
});
