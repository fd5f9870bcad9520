import { expect, test } from "vitest";
import { HOUR, MINUTE, makeRig, makeRoute, SECOND, START } from "./test-lead";

const ONE = [{ id: "mail", name: "Mail", enabled: true }];
const TWO = [...ONE, { id: "phone", name: "Phone", enabled: true }];

test("an alert is told once, half a minute after it fires, and once when it is over", async () => {
  const rig = await makeRig();
  rig.fire("a");
  await rig.pass(29 * SECOND);
  expect(rig.told()).toEqual([]);
  await rig.pass(2 * SECOND);
  expect(rig.told()).toEqual(["mail firing:/a"]);
  await rig.pass(HOUR);
  rig.end("a");
  await rig.pass(HOUR);
  expect(rig.told()).toEqual(["mail firing:/a", "mail resolved:/a"]);
});

test("when the next of what waits is due is known, so that nobody waits for the beat after it", async () => {
  const rig = await makeRig();
  const alert = rig.fire("a");
  await rig.pass(500);
  rig.lead.compare([alert]);
  expect(rig.lead.nextAt()).toBe(START + 30 * SECOND);
  await rig.pass(MINUTE);
  expect(rig.told()).toEqual(["mail firing:/a"]);
  expect(rig.lead.nextAt()).toBe(Number.POSITIVE_INFINITY);
});

test("what is critical waits five seconds", async () => {
  const rig = await makeRig();
  rig.fire("a", { severity: "critical" });
  await rig.pass(6 * SECOND);
  expect(rig.told()).toEqual(["mail firing:/a"]);
});

test("what is over before anybody was told is nothing to tell", async () => {
  const rig = await makeRig();
  rig.fire("a");
  await rig.pass(20 * SECOND);
  rig.end("a");
  await rig.pass(HOUR);
  expect(rig.told()).toEqual([]);
  expect(rig.stored.size).toBe(0);
});

test("information is told to nobody unless a route or the rule says so", async () => {
  const rig = await makeRig();
  rig.fire("a", { severity: "info" });
  rig.fire("b", { severity: "info", channels: ["mail"] });
  await rig.pass(MINUTE);
  expect(rig.told()).toEqual(["mail firing:/b"]);
});

test("50 alerts in two minutes are one message with an update, and another when all is over", async () => {
  const rig = await makeRig();
  for (let index = 0; index < 50; index++) {
    rig.fire(`d${index}`);
    await rig.pass(2.4 * SECOND);
  }
  await rig.pass(10 * MINUTE);
  expect(rig.sent.map(({ message }) => message.title)).toEqual(["13 alerts on nas", "37 alerts on nas"]);
  expect(new Set(rig.sent.map(({ message }) => message.groupKey)).size).toBe(1);
  expect(rig.sent[1]?.message.text).toContain("13 more fire still.");
  for (let index = 0; index < 50; index++) rig.end(`d${index}`);
  await rig.pass(10 * MINUTE);
  expect(rig.sent.map(({ message }) => message.title)[2]).toBe("Resolved: 50 alerts on nas");
  expect(rig.sent).toHaveLength(3);
});

test("a group of one reads like a single alert", async () => {
  const rig = await makeRig({ routes: [makeRoute()] });
  rig.fire("srv");
  await rig.pass(MINUTE);
  const { message } = rig.sent[0] ?? {};
  expect(message?.title).toBe("Disk nearly full on disks");
  expect(message?.text).toBe("/srv on disks is 97% full\nmount: /srv\nSince 2026-11-24 12:00 (30 s)");
  expect(message?.alerts).toMatchObject([{ value: "97%", limit: "90%", event: "firing" }]);
});

test("what is critical is told again every four hours, a warning every day, information never", async () => {
  const rig = await makeRig({ routes: [makeRoute({ group: "none" })] });
  rig.fire("critical", { severity: "critical" });
  rig.fire("warning");
  rig.fire("info", { severity: "info" });
  await rig.pass(25 * HOUR);
  const times = (name: string) => rig.told().filter((told) => told.endsWith(`/${name}`)).length;
  expect([times("critical"), times("warning"), times("info")]).toEqual([7, 2, 1]);
  expect(rig.sent[3]?.message.title).toBe("Still: Disk nearly full on disks");
}, 60_000);

const QUIET: readonly [string, Record<string, unknown>][] = [
  ["acknowledged", { acknowledged: { by: "me", at: START, note: "", until: "over", value: 0.97 } }],
  ["snoozed", { snoozedUntil: START + 24 * HOUR }],
];
test.each(QUIET)("an alert that is %s before anybody was told sends nothing, also when it is over", async (_, more) => {
  const rig = await makeRig();
  rig.fire("a", more);
  await rig.pass(HOUR);
  rig.end("a");
  await rig.pass(HOUR);
  expect(rig.told()).toEqual([]);
});

test("when a snooze ends and it still fires, it is told then", async () => {
  const rig = await makeRig();
  rig.fire("a");
  await rig.pass(MINUTE);
  rig.change("a", { snoozedUntil: rig.clock.now() + HOUR });
  await rig.pass(59 * MINUTE);
  expect(rig.told()).toHaveLength(1);
  await rig.pass(2 * MINUTE);
  expect(rig.sent[1]?.message.title).toBe("Still: Disk nearly full on disks");
  await rig.pass(HOUR);
  expect(rig.told()).toHaveLength(2);
});

test("who took note of it until it changes hears when it did; who took the note back hears nothing", async () => {
  const rig = await makeRig();
  const acknowledged = { by: "me", at: START, note: "", until: "changed", value: 0.97 } as const;
  const { id } = rig.fire("a");
  await rig.pass(MINUTE);
  rig.change("a", { acknowledged });
  await rig.pass(HOUR);
  rig.change("a", { acknowledged: null, value: 0.98 });
  await rig.pass(HOUR);
  expect(rig.told()).toHaveLength(2);
  rig.change("a", { acknowledged });
  await rig.pass(MINUTE);
  rig.lead.ledger.dropNote(id);
  rig.change("a", { acknowledged: null });
  await rig.pass(HOUR);
  expect(rig.told()).toHaveLength(2);
});

test("a silence holds back what it covers; what still fires when it ends is told then, what is over is not", async () => {
  let muted = true;
  const rig = await makeRig({ mutedBy: () => (muted ? { kind: "silence", name: "night" } : null) });
  rig.fire("a");
  rig.fire("b");
  await rig.pass(HOUR);
  rig.end("b");
  await rig.pass(HOUR);
  expect(rig.told()).toEqual([]);
  muted = false;
  await rig.pass(MINUTE);
  expect(rig.told()).toEqual(["mail firing:/a"]);
});

test("what hangs on an alert of another process is found among all that are open", async () => {
  let asked = 0;
  const rig = await makeRig({
    mutedBy: () => null,
    mutedAmong: (open) => {
      asked = Math.max(asked, open.length);
      const [first, ...others] = open;
      return new Map(first ? others.map(({ id }) => [id, { kind: "parent", name: first.id }]) : []);
    },
  });
  rig.fire("a");
  rig.fire("b");
  await rig.pass(HOUR);
  expect(asked).toBe(2);
  expect(rig.told()).toEqual(["mail firing:/a"]);
});

test("that it is over waits for the end of a silence, for those who heard that it fires", async () => {
  let muted = false;
  const rig = await makeRig({ mutedBy: () => (muted ? { kind: "maintenance", name: "update" } : null) });
  rig.fire("a");
  await rig.pass(MINUTE);
  muted = true;
  rig.end("a");
  await rig.pass(HOUR);
  expect(rig.told()).toHaveLength(1);
  muted = false;
  await rig.pass(MINUTE);
  expect(rig.told()).toEqual(["mail firing:/a", "mail resolved:/a"]);
});

test("nobody hears that it is over where the route says so", async () => {
  const rig = await makeRig({ routes: [makeRoute({ resolved: false })] });
  rig.fire("a");
  await rig.pass(MINUTE);
  rig.end("a");
  await rig.pass(HOUR);
  expect(rig.told()).toEqual(["mail firing:/a"]);
});

test("whom nobody answers, others are told; they hear that it is over as well", async () => {
  const routes = [makeRoute({ channels: ["mail"], escalate: [{ afterMinutes: 15, channels: ["phone"] }] })];
  const rig = await makeRig({ routes, places: TWO });
  rig.fire("a");
  rig.fire("b");
  await rig.pass(10 * MINUTE);
  rig.change("b", { acknowledged: { by: "me", at: START, note: "", until: "over", value: null } });
  await rig.pass(10 * MINUTE);
  rig.end("a");
  rig.end("b");
  await rig.pass(10 * MINUTE);
  expect(rig.told()).toEqual([
    "mail firing:/a firing:/b",
    "phone firing:/a",
    "mail resolved:/a resolved:/b",
    "phone resolved:/a",
  ]);
});

test("what comes and goes is told as that, once, and once when it has been quiet for an hour", async () => {
  const rig = await makeRig({ routes: [makeRoute({ updateMinutes: 0 })] });
  const fires: number[] = [];
  for (let time = 0; time < 12; time++) {
    fires.push(rig.clock.now());
    rig.fire("a", { fires: fires.slice(-12) });
    await rig.pass(2 * MINUTE);
    rig.end("a");
    await rig.pass(2 * MINUTE);
  }
  expect(rig.told().slice(8)).toEqual(["mail flapping:/a"]);
  await rig.pass(2 * HOUR);
  expect(rig.told().slice(8)).toEqual(["mail flapping:/a", "mail resolved:/a"]);
});

test("what came and went and then stays is told to fire", async () => {
  const rig = await makeRig();
  rig.fire("a", { fires: [START - 4, START - 3, START - 2, START - 1, START] });
  await rig.pass(50 * MINUTE);
  expect(rig.told()).toEqual(["mail flapping:/a"]);
  await rig.pass(20 * MINUTE);
  expect(rig.told()).toEqual(["mail flapping:/a", "mail firing:/a"]);
  rig.end("a");
  await rig.pass(10 * MINUTE);
  expect(rig.told()).toEqual(["mail flapping:/a", "mail firing:/a", "mail resolved:/a"]);
});

test("without a channel nothing is sent and nothing piles up; a channel that comes hears what fires", async () => {
  const places: { id: string; name: string; enabled: boolean }[] = [];
  const rig = await makeRig({ places });
  rig.fire("a");
  rig.fire("b");
  await rig.pass(HOUR);
  rig.end("b");
  expect(rig.stored.size).toBe(0);
  places.push(...ONE);
  await rig.pass(MINUTE);
  expect(rig.told()).toEqual(["mail firing:/a"]);
});

test("a channel that is switched off hears nothing, not even that it is over", async () => {
  const places = [{ id: "mail", name: "Mail", enabled: true }];
  const rig = await makeRig({ places });
  rig.fire("a");
  await rig.pass(MINUTE);
  places[0] = { id: "mail", name: "Mail", enabled: false };
  rig.end("a");
  rig.fire("b");
  await rig.pass(HOUR);
  expect(rig.told()).toEqual(["mail firing:/a"]);
});

test("the next process knows what was heard: it repeats nothing, and says that it is over", async () => {
  const rig = await makeRig();
  const alert = rig.fire("a");
  await rig.pass(MINUTE);
  const next = await makeRig({ stored: rig.stored, clock: rig.clock });
  const again = next.fire("a", alert);
  await next.pass(HOUR);
  expect(next.told()).toEqual([]);
  next.end("a");
  await next.pass(HOUR);
  expect(next.told()).toEqual(["mail resolved:/a"]);
  expect(again.id).toBe(alert.id);
});

test("what was being sent when a process died is sent again as the same message", async () => {
  const rig = await makeRig({ send: () => new Promise(() => undefined) });
  const alert = rig.fire("a");
  await rig.pass(40 * SECOND);
  const [row] = [...rig.stored.values()];
  expect(row?.state).toBe("sending");
  const next = await makeRig({ stored: new Map(rig.stored), clock: rig.clock });
  next.fire("a", alert);
  await next.pass(MINUTE);
  expect(next.sent.map(({ message }) => message.id)).toEqual([row?.id]);
});
