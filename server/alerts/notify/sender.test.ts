import { expect, test } from "vitest";
import { createLog } from "../../log";
import type { Delivered } from "../channels/channel";
import { composeMessage } from "./compose";
import type { Delivery } from "./delivery";
import { createSender } from "./sender";
import { createTestClock, FACTS, HOUR, MINUTE, makeAlert, makeRoute, SECOND } from "./test-lead";

const WORDING = { factsOf: () => FACTS, publicUrl: "", link: () => "" };

function makeSender(options: {
  answer?: (channelId: string, attempt: number) => Delivered | Promise<Delivered>;
  perMinute?: number;
  off?: Set<string>;
}) {
  const clock = createTestClock();
  const states = new Map<string, Delivery>();
  const attempts: { at: number; channelId: string; id: string; texts: string[] }[] = [];
  const sender = createSender({
    clock,
    log: createLog("silent"),
    places: () => ["a", "b"].map((id) => ({ id, name: id, enabled: !options.off?.has(id) })),
    perMinute: () => options.perMinute ?? 20,
    random: () => 0.5,
    written: async () => undefined,
    changed: (delivery) => void states.set(delivery.id, delivery),
    merge([first, ...rest]) {
      const told = { ...first.told, tells: [first, ...rest].flatMap((one) => one.told.tells) };
      const message = composeMessage(
        { id: first.id, groupKey: "g", route: makeRoute(), ...told, now: clock.now() },
        WORDING,
      );
      return { ...first, told, message };
    },
    async send({ channelId, id, message }) {
      attempts.push({ at: clock.now(), channelId, id, texts: message.alerts.map(({ labels }) => labels.mount ?? "") });
      return (await options.answer?.(channelId, attempts.length)) ?? { ok: true, answer: "ok" };
    },
  });
  let made = 0;
  const add = (channelId: string, ...keys: string[]) => {
    const deliveries = keys.map((key): Delivery => {
      made += 1;
      const now = clock.now();
      const tells = [{ event: "firing", alert: makeAlert(key, now) }] as const;
      const id = `m${made}`;
      return {
        id,
        channelId,
        groupKey: "g",
        state: "waiting",
        dueAt: now,
        attempts: 0,
        told: { routeId: "r1", tells, others: 0 },
        message: composeMessage({ id, groupKey: "g", route: makeRoute(), tells, others: 0, now }, WORDING),
        answer: null,
        createdAt: now,
        finishedAt: null,
      };
    });
    sender.add(deliveries);
  };
  const start = clock.now();
  return { clock, sender, states, attempts, add, seconds: () => attempts.map(({ at }) => (at - start) / SECOND) };
}

const failing = (more: object = {}): Delivered => ({ ok: false, again: true, answer: "500", ...more });

test("messages of a channel come in their order", async () => {
  const { clock, attempts, add } = makeSender({});
  add("a", "one", "two", "three");
  await clock.pass(SECOND);
  expect(attempts.flatMap(({ texts }) => texts)).toEqual(["/one", "/two", "/three"]);
});

test("a channel that never answers keeps no other waiting, and counts as failed after a minute", async () => {
  const rig = makeSender({ answer: (id) => (id === "a" ? new Promise(() => undefined) : { ok: true, answer: "" }) });
  rig.add("a", "one");
  rig.add("b", "two");
  await rig.clock.pass(59 * SECOND);
  expect(rig.states.get("m2")?.state).toBe("sent");
  expect(rig.states.get("m1")?.state).toBe("sending");
  await rig.clock.pass(2 * SECOND);
  expect(rig.states.get("m1")).toMatchObject({ state: "waiting", answer: "no answer within 60 s", attempts: 1 });
});

test("what fails is tried again, ever more seldom, for a day, as the same message", async () => {
  const rig = makeSender({ answer: () => failing() });
  rig.add("a", "one");
  await rig.clock.pass(25 * HOUR);
  expect(rig.seconds().slice(0, 9)).toEqual([0, 5, 15, 35, 75, 155, 315, 635, 1_275]);
  expect(rig.attempts.length).toBeGreaterThan(90);
  expect(new Set(rig.attempts.map(({ id }) => id))).toEqual(new Set(["m1"]));
  expect(rig.states.get("m1")).toMatchObject({ state: "failed", answer: "500" });
  expect(rig.sender.list()).toEqual([]);
});

test("a service that says how long to wait is heeded", async () => {
  const rig = makeSender({
    answer: (_, attempt) => (attempt === 1 ? failing({ retryAfterMs: 90_000 }) : { ok: true, answer: "" }),
  });
  rig.add("a", "one");
  await rig.clock.pass(5 * MINUTE);
  expect(rig.seconds()).toEqual([0, 90]);
});

test("what will not go better is given up at once, and the next has its turn", async () => {
  const rig = makeSender({
    answer: (_, attempt) => (attempt === 1 ? { ok: false, again: false, answer: "401" } : { ok: true, answer: "" }),
  });
  rig.add("a", "one", "two");
  await rig.clock.pass(SECOND);
  expect([...rig.states.values()].map(({ state }) => state)).toEqual(["failed", "sent"]);
});

test("beyond the limit of a minute messages are put together, and none is lost", async () => {
  const rig = makeSender({ perMinute: 3 });
  for (const key of ["1", "2", "3", "4", "5", "6", "7"]) {
    rig.add("a", key);
    await rig.clock.pass(SECOND);
  }
  await rig.clock.pass(2 * MINUTE);
  expect(rig.attempts.map(({ texts }) => texts)).toEqual([["/1"], ["/2"], ["/3"], ["/4", "/5", "/6", "/7"]]);
  expect(rig.seconds()[3]).toBe(60);
  expect(rig.states.get("m5")).toMatchObject({ state: "dropped", answer: "told in message m4" });
});

test("what is put together names every alert, in several messages where one would not hold them", async () => {
  const rig = makeSender({ perMinute: 2 });
  const keys = Array.from({ length: 130 }, (_, index) => `d${index}`);
  rig.add("a", ...keys);
  await rig.clock.pass(5 * MINUTE);
  const named = rig.attempts.flatMap(({ texts }) => texts);
  expect(named.toSorted()).toEqual(keys.map((key) => `/${key}`).toSorted());
  expect(rig.attempts.length).toBeLessThanOrEqual(5);
  expect([...rig.states.values()].filter(({ state }) => state === "waiting")).toEqual([]);
});

test("behind one that fails, what comes meanwhile is one message", async () => {
  const rig = makeSender({ answer: (_, attempt) => (attempt < 5 ? failing() : { ok: true, answer: "" }) });
  for (const key of ["1", "2", "3"]) {
    rig.add("a", key);
    await rig.clock.pass(10 * SECOND);
  }
  await rig.clock.pass(5 * MINUTE);
  expect(rig.attempts.slice(-2).map(({ texts }) => texts)).toEqual([["/1"], ["/2", "/3"]]);
});

test("one message that always fails does not keep the others for ever", async () => {
  const rig = makeSender({ answer: (_, attempt) => (attempt <= 6 ? failing() : { ok: true, answer: "" }) });
  rig.add("a", "bad");
  await rig.clock.pass(4 * MINUTE);
  rig.add("a", "good");
  await rig.clock.pass(SECOND);
  expect(rig.attempts.at(-1)?.texts).toEqual(["/good"]);
});

test("what waits for a channel that is switched off is dropped", async () => {
  const off = new Set<string>();
  const rig = makeSender({ answer: () => failing(), off });
  rig.add("a", "one");
  await rig.clock.pass(SECOND);
  off.add("a");
  await rig.clock.pass(MINUTE);
  expect(rig.states.get("m1")).toMatchObject({ state: "dropped", answer: "the channel is off or gone" });
  expect(rig.attempts).toHaveLength(1);
});

test("a person's retry goes first and at once", async () => {
  const rig = makeSender({
    answer: (_, attempt) => (attempt === 1 ? failing({ retryAfterMs: HOUR }) : { ok: true, answer: "" }),
  });
  rig.add("a", "one");
  await rig.clock.pass(MINUTE);
  expect(rig.sender.hurry("m1")).toBe(true);
  await rig.clock.pass(SECOND);
  expect(rig.states.get("m1")?.state).toBe("sent");
  expect(rig.sender.hurry("m1")).toBe(false);
});
