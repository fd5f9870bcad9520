import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Clock, systemClock } from "../../clock";
import type { Connection } from "../../db/database";
import { createLog } from "../../log";
import { Secret } from "../../secrets";
import { testSecrets } from "../../vault/test-vault";
import { openAlertBook } from "../book";
import type { Delivered } from "../channels/channel";
import type { Alert, Transition } from "../shapes/alert";
import type { Message } from "../shapes/message";
import { createActionLinks } from "./action-links";
import { composeMessage } from "./compose";
import type { Delivery } from "./delivery";
import { createDeliveryTable } from "./delivery-table";
import { openNotifier } from "./notifier";
import { openNotifyBook } from "./notify-book";
import { FACTS, makeAlert, makeRoute, START } from "./test-lead";

const log = createLog("silent");
const WORDING = { factsOf: () => FACTS, publicUrl: "", link: () => "" };

let made = 0;
function makeDelivery(more: Partial<Delivery> = {}): Delivery {
  made += 1;
  const id = `018f0000-0000-7000-9000-${String(made).padStart(12, "0")}`;
  const tells = [{ event: "firing", alert: makeAlert('it\'s \\ "✓"', START) }] as const;
  return {
    id,
    channelId: "mail",
    groupKey: "g",
    state: "waiting",
    dueAt: START,
    attempts: 0,
    message: composeMessage({ id, groupKey: "g", route: makeRoute(), tells, others: 0, now: START }, WORDING),
    told: { routeId: "r1", tells, others: 0 },
    answer: null,
    createdAt: START,
    finishedAt: null,
    ...more,
  };
}

/** Alerts and telling over a database; what is sent lands in a list. */
async function openTelling(
  connection: Connection,
  send?: (message: Message) => Promise<Delivered>,
  clock: Clock = systemClock,
  fails = () => false,
) {
  const open = new Map<string, Alert>();
  const sent: Message[] = [];
  const records = openAlertBook(connection, { clock, log });
  const notifier = await openNotifier({
    secrets: testSecrets,
    connection,
    clock,
    log,
    alerts: {
      open: () => [...open.values()],
      standing: async () => [...open.values()],
      history: records.history,
      async acknowledge(id, { by, note, until }) {
        if (fails()) throw new Error("away");
        const alert = [...open.values()].find((one) => one.id === id);
        if (!alert) throw new Error("not there");
        const next = { ...alert, acknowledged: { by, at: clock.now(), note, until, value: alert.value } };
        open.set(alert.key, next);
        return next;
      },
      snooze: () => Promise.reject(new Error("not asked")),
    },
    leads: () => true,
    hasOthers: () => false,
    places: () => [{ id: "mail", name: "Mail", enabled: true }],
    async send(_, message) {
      const delivered = (await send?.(message)) ?? { ok: true, answer: "ok" };
      if (delivered.ok) sent.push(message);
      return delivered;
    },
    factsOf: () => FACTS,
    mutedBy: () => null,
    collects: () => true,
    ping: async () => ({ ok: true, answer: "200" }),
    settingsChanged: () => undefined,
  });
  const transition = async (alert: Alert, from: Transition["from"], to: Transition["to"]) => {
    if (to === "firing") open.set(alert.key, alert);
    else open.delete(alert.key);
    const change: Transition = { alert, from, to, at: clock.now(), cause: "measured" };
    await records.record([change], notifier.changed([change]));
  };
  return {
    notifier,
    sent,
    open,
    fire: (alert: Alert) => transition(alert, "inactive", "firing"),
    end: (alert: Alert) =>
      transition(
        { ...alert, standing: { ...alert.standing, phase: "resolved", since: clock.now() } },
        "firing",
        "resolved",
      ),
  };
}

/** What telling relies on, in every dialect. `connect` gives the database, migrated. */
export function describeNotifier(name: string, connect: () => Promise<Connection>): void {
  describe(`telling on ${name}`, () => {
    let connection: Connection;
    beforeAll(async () => {
      connection = await connect();
    }, 60_000);
    afterAll(() => connection?.close());

    test("a delivery comes back as it was, is found while it is not finished, and is pruned when it is old", async () => {
      const table = createDeliveryTable(connection);
      const [one, two] = [makeDelivery(), makeDelivery({ state: "sending", createdAt: START + 1 })];
      await table.save([one, two]);
      expect(await table.find(one.id)).toEqual(one);
      expect((await table.unfinished([])).map(({ id }) => id)).toEqual([one.id, two.id]);
      expect((await table.unfinished([one.id])).map(({ id }) => id)).toEqual([two.id]);
      const finished: Delivery[] = [one, two].map((each) => ({
        ...each,
        state: "sent",
        attempts: 1,
        finishedAt: START + 5,
      }));
      await table.save(finished);
      expect(await table.unfinished([])).toEqual([]);
      await table.transact([table.add([one])]);
      expect((await table.find(one.id))?.state).toBe("sent");
      await table.prune(START + 1, START + 1, 0);
      expect(await table.find(one.id)).toBeUndefined();
      expect((await table.find(two.id))?.finishedAt).toBe(START + 5);
      await table.prune(START + 2, START + 2, 0);
    });

    test("the log is read page by page, newest first, without losing those of one instant", async () => {
      const table = createDeliveryTable(connection);
      const all = Array.from({ length: 7 }, (_, index) =>
        makeDelivery({
          channelId: "paged",
          state: index % 2 ? "failed" : "sent",
          groupKey: index === 4 ? "canary" : "g",
          createdAt: START + Math.floor(index / 3),
        }),
      );
      await table.save(all);
      const seen: string[] = [];
      for (let before: Delivery | undefined; ; ) {
        const page = await table.log({ channelId: "paged", limit: 2, ...(before ? { before } : {}) });
        seen.push(...page.map(({ id }) => id));
        before = page.at(-1);
        if (page.length < 2) break;
      }
      expect(seen).toEqual(all.map(({ id }) => id).reverse());
      expect(await table.log({ channelId: "paged", states: ["failed"], limit: 10 })).toHaveLength(3);
      expect((await table.log({ groupKey: "canary", limit: 10 })).map(({ id }) => id)).toEqual([all[4]?.id]);
      await table.prune(START + 10, START + 10, 0);
    });

    test("the key of links is made once; routes and settings are there for the next process", async () => {
      const parts = { secrets: testSecrets, log, changed: () => undefined };
      const [one, two] = await Promise.all([openNotifyBook(connection, parts), openNotifyBook(connection, parts)]);
      expect(one.key.reveal()).toEqual(two.key.reveal());
      expect(one.key.reveal().length).toBe(32);
      const [route] = await one.setRoutes([{ name: "Night", channels: ["mail"], timeZone: "Europe/Berlin" }]);
      await one.setSettings({ publicUrl: "https://unity.lab/" });
      await two.reload();
      expect(two.routes()).toEqual([route]);
      expect(two.settings().publicUrl).toBe("https://unity.lab");
      await expect(one.setRoutes([{ name: "" }])).rejects.toMatchObject({ code: "invalid", field: "0.name" });
      await expect(one.setRoutes([{ name: "a", timeZone: "Mars/Olympus" }])).rejects.toMatchObject({
        field: "0.timeZone",
      });
      await one.setRoutes([{ name: "All", channels: "all", waitSeconds: 0, criticalWaitSeconds: 0, updateMinutes: 0 }]);
    });

    test("of many who follow a link at once, one uses it", async () => {
      const key = new Secret(Buffer.alloc(32, 7));
      const links = createActionLinks(connection, { key, clock: systemClock });
      const token = links.sign(makeDelivery().id, "snooze");
      const claim = links.read(token);
      if (typeof claim === "string") throw new Error(claim);
      expect(await links.isUsed(token)).toBe(false);
      const used = await Promise.all(Array.from({ length: 8 }, () => links.use(token, claim)));
      expect(used.filter(Boolean)).toHaveLength(1);
      expect(await links.isUsed(token)).toBe(true);
      await links.prune();
      expect(await links.isUsed(token)).toBe(true);
      await links.giveBack(token);
      expect([await links.isUsed(token), await links.use(token, claim)]).toEqual([false, true]);
      const later = createActionLinks(connection, { key, clock: { now: () => claim.expiresAt } });
      expect(later.read(token)).toBe("expired");
      await later.prune();
      expect(await links.isUsed(token)).toBe(false);
    });

    test("an alert is told, and that it is over; both are in the log", async () => {
      const { notifier, sent, fire, end } = await openTelling(connection);
      notifier.start();
      await pause(300);
      const alert = makeAlert("whole", Date.now());
      await fire(alert);
      await expect.poll(() => sent.length, { timeout: 5_000 }).toBe(1);
      await end(alert);
      await expect.poll(() => sent.length, { timeout: 5_000 }).toBe(2);
      await notifier.stop(1_000);
      expect(sent.map(({ state }) => state)).toEqual(["firing", "resolved"]);
      const log = await notifier.log({ channelId: "mail", limit: 2 });
      expect(log.map(({ state, answer, attempts }) => [state, answer, attempts])).toEqual([
        ["sent", "ok", 1],
        ["sent", "ok", 1],
      ]);
    });

    test("who comes after a crash tells what was over meanwhile, and repeats nothing", async () => {
      const first = await openTelling(connection);
      first.notifier.start();
      await pause(300);
      const alert = makeAlert("crash", Date.now());
      await first.fire(alert);
      await expect.poll(() => first.sent.length, { timeout: 5_000 }).toBe(1);
      await first.notifier.stop(1_000);
      // Without anybody to tell it, as when a process dies in between.
      await first.end(alert);
      const second = await openTelling(connection);
      second.notifier.start();
      await expect.poll(() => second.sent.length, { timeout: 10_000 }).toBe(1);
      expect(second.sent[0]).toMatchObject({ state: "resolved", alerts: [{ id: alert.id, event: "resolved" }] });
      await pause(1_500);
      await second.notifier.stop(1_000);
      expect(second.sent).toHaveLength(1);
    });

    test("what failed for good is sent again when a person asks for it", async () => {
      let works = false;
      const { notifier, sent, fire } = await openTelling(connection, async () =>
        works ? { ok: true, answer: "200" } : { ok: false, again: false, answer: "401: wrong token" },
      );
      notifier.start();
      await pause(300);
      await fire(makeAlert("refused", Date.now()));
      const failed = () => notifier.log({ states: ["failed"], limit: 10 });
      await expect.poll(async () => (await failed()).length, { timeout: 5_000 }).toBe(1);
      const [delivery] = await failed();
      expect(delivery?.answer).toBe("401: wrong token");
      works = true;
      expect(await notifier.retry(delivery?.id ?? "")).toBe(true);
      await expect.poll(() => sent.length, { timeout: 5_000 }).toBe(1);
      expect(sent[0]?.id).toBe(delivery?.id);
      await notifier.stop(1_000);
      expect(await notifier.retry(delivery?.id ?? "")).toBe(false);
    });

    test("a link by which nothing could be done is not used up", async () => {
      let fails = true;
      const { notifier, sent, fire, open } = await openTelling(connection, undefined, systemClock, () => fails);
      await notifier.book.setSettings({ publicUrl: "https://unity.lab" });
      notifier.start();
      await pause(300);
      await fire(makeAlert("busy", Date.now()));
      await expect.poll(() => sent.length, { timeout: 5_000 }).toBe(1);
      const url = sent[0]?.actions.find(({ title }) => title === "Acknowledge")?.url ?? "";
      const token = url.split("/").at(-1) ?? "";
      await expect(notifier.acts.act(token)).rejects.toThrow("away");
      expect((await notifier.acts.look(token)).state).toBe("ready");
      fails = false;
      expect((await notifier.acts.act(token)).state).toBe("done");
      expect(open.get("busy")?.acknowledged?.by).toBe("link in Mail");
      await notifier.stop(1_000);
    });

    test("a link acknowledges what its message tells of, once", async () => {
      const { notifier, sent, fire, open } = await openTelling(connection);
      await notifier.book.setSettings({ publicUrl: "https://unity.lab" });
      notifier.start();
      await pause(300);
      await fire(makeAlert("linked", Date.now()));
      await expect.poll(() => sent.length, { timeout: 5_000 }).toBe(1);
      const url = sent[0]?.actions.find(({ title }) => title === "Acknowledge")?.url ?? "";
      expect(url).toMatch(/^https:\/\/unity\.lab\/act\/[\w-]+$/);
      const token = url.split("/").at(-1) ?? "";
      expect(await notifier.acts.look(token)).toMatchObject({ state: "ready", deed: "acknowledge" });
      expect(open.get("linked")?.acknowledged).toBeNull();
      const both = await Promise.all([notifier.acts.act(token), notifier.acts.act(token)]);
      expect(both.map(({ state }) => state).toSorted()).toEqual(["done", "used"]);
      expect(open.get("linked")?.acknowledged?.by).toBe("link in Mail");
      expect((await notifier.acts.act(token)).state).toBe("used");
      await notifier.stop(1_000);
    });
  });
}
