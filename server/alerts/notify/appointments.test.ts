import { expect, test } from "vitest";
import { Secret } from "../../secrets";
import type { Alert, AlertEvent } from "../shapes/alert";
import { NotifySettings } from "../shapes/route";
import { createAppointments } from "./appointments";
import type { Delivery } from "./delivery";
import { createTestClock, FACTS, HOUR, MINUTE, makeAlert, makeRoute, START } from "./test-lead";

const DAY = 24 * HOUR;
const PLACES = ["mail", "phone"].map((id) => ({ id, name: id, enabled: true }));

function makeCalendar(options: { canary?: object; routes?: ReturnType<typeof makeRoute>[] }) {
  // Monday, 6:00.
  const clock = createTestClock(START - DAY - 6 * HOUR);
  const marks = new Map<string, number>();
  const events: AlertEvent[] = [];
  const open: Alert[] = [];
  const sent: Delivery[] = [];
  const settings = NotifySettings.parse({ canary: options.canary });
  const appointments = createAppointments({
    book: {
      key: new Secret(Buffer.alloc(0)),
      routes: () => options.routes ?? [],
      setRoutes: async () => [],
      hasRoutes: () => true,
      prepareRoutes: () => ({ write: async () => undefined, done: async () => undefined }),
      settings: () => settings,
      shownSettings: () => settings,
      setSettings: async () => settings,
      hasSettings: () => true,
      settleSettings: () => settings,
      prepareSettings: () => ({ write: async () => undefined, done: async () => undefined }),
      lastAt: (what) => marks.get(what),
      mark(what, at) {
        marks.set(what, at);
        return async () => undefined;
      },
      reload: async () => undefined,
    },
    table: { add: () => async () => undefined, transact: async () => undefined },
    wording: { factsOf: () => FACTS, publicUrl: "", link: () => "" },
    clock,
    places: () => PLACES,
    open: () => open,
    history: async ({ from = 0, to = Number.POSITIVE_INFINITY, events: wanted = [] }) =>
      events.filter(({ at, event }) => at >= from && at < to && wanted.includes(event)).reverse(),
    add: (deliveries) => void sent.push(...deliveries),
  });
  return {
    clock,
    sent,
    open,
    sendCanary: appointments.sendCanary,
    happen(alert: Alert, event: AlertEvent["event"]) {
      const { id: alertId, ruleId, instanceId, severity, value, limit, ruleName, labels, summary, metric } = alert;
      const details = { ruleName, labels, summary, metric };
      const at = clock.now();
      events.push({
        id: `${at}`,
        at,
        alertId,
        ruleId,
        instanceId,
        event,
        severity,
        value,
        limit,
        actor: null,
        details,
      });
    },
    async pass(ms: number) {
      for (let passed = 0; passed < ms; passed += MINUTE) {
        await clock.pass(MINUTE);
        await appointments.keep();
      }
    },
  };
}

test("once a week a canary goes through every channel that is on, and says what it is", async () => {
  const { sent, pass } = makeCalendar({
    canary: { enabled: true, weekday: 3, at: "09:00", timeZone: "Europe/Berlin" },
  });
  await pass(15 * DAY);
  expect(sent.map(({ channelId, createdAt }) => `${channelId} ${new Date(createdAt).toISOString()}`)).toEqual([
    "mail 2026-11-25T08:00:00.000Z",
    "phone 2026-11-25T08:00:00.000Z",
    "mail 2026-12-02T08:00:00.000Z",
    "phone 2026-12-02T08:00:00.000Z",
  ]);
  expect(sent[0]?.message).toMatchObject({ kind: "canary", alerts: [], actions: [], severity: "info" });
  expect(sent[0]?.message.title).toContain("Canary");
  expect(new Set(sent.map(({ id }) => id)).size).toBe(4);
}, 60_000);

test("one that a person sends goes where the weekly one goes, which comes all the same", async () => {
  const wanted = { enabled: true, weekday: 1, at: "09:00", timeZone: "UTC", channels: ["phone"] };
  const { sent, pass, sendCanary } = makeCalendar({ canary: wanted });
  expect(await sendCanary()).toBe(1);
  await pass(4 * HOUR);
  expect(sent.map(({ channelId, message }) => `${channelId} ${message.kind}`)).toEqual([
    "phone canary",
    "phone canary",
  ]);
  expect(new Set(sent.map(({ id }) => id)).size).toBe(2);
});

test("a canary goes only where it is wanted", async () => {
  const wanted = { enabled: true, weekday: 3, at: "09:00", timeZone: "UTC", channels: ["phone"] };
  const { sent, pass } = makeCalendar({ canary: wanted });
  await pass(4 * DAY);
  expect(sent.map(({ channelId }) => channelId)).toEqual(["phone"]);
});

test("a summary tells each day what was and what still fires, and nothing of a day without alerts", async () => {
  const route = makeRoute({ channels: ["mail"], match: { severity: "info" }, digest: { at: "08:00" } });
  const { clock, sent, open, pass, happen } = makeCalendar({ routes: [route] });
  await pass(3 * HOUR);
  expect(sent).toEqual([]);
  const over = makeAlert("over", clock.now(), { severity: "info" });
  happen(over, "firing");
  await pass(HOUR);
  happen(over, "resolved");
  const stays = makeAlert("stays", clock.now());
  happen(stays, "firing");
  open.push(stays);
  await pass(DAY);
  expect(sent.map(({ message }) => message.kind)).toEqual(["digest"]);
  expect(sent[0]?.message.title).toBe("2 alerts since the last summary, 1 of them fire");
  expect(sent[0]?.message.alerts.map(({ event, labels }) => `${event}:${labels.mount}`)).toEqual([
    "resolved:/over",
    "firing:/stays",
  ]);
  await pass(DAY);
  expect(sent[1]?.message.text).toContain("Still: /stays on disks is 97% full");
  open.length = 0;
  await pass(2 * DAY);
  expect(sent).toHaveLength(2);
}, 60_000);
