import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import { systemClock as clock } from "../clock";
import type { Connection } from "../db/database";
import { openSqlite } from "../db/sqlite";
import { createLog } from "../log";
import { folders } from "../places";
import { testSecrets } from "../vault/test-vault";
import { type Alerts, openAlerts } from "./alerts";
import { type Notifier, openNotifier } from "./notify/notifier";
import { FACTS } from "./notify/test-lead";
import type { Message } from "./shapes/message";
import { INSTANCE } from "./test-processes";

const SERIES = Array.from({ length: 4 }, (_, id) => ({ id, metric: "used", labels: { mount: `/${id}` } }));
const log = createLog("silent");
const WITHIN = { timeout: 15_000 };

let folder = "";
let connection: Connection;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "unity-away-"));
  connection = await openSqlite(join(folder, "unity.db"), { migrationsFolder: join(folders.migrations, "sqlite") });
});
afterEach(async () => {
  await connection.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The same database, which fails while it is away. */
function createOutage({ db, ...others }: Connection) {
  let isAway = false;
  const guarded = new Proxy(db, {
    get(target, name, receiver) {
      if (isAway && ["select", "insert", "update", "delete"].includes(String(name)))
        throw new Error("the database is away");
      if (isAway && name === "transaction") return () => Promise.reject(new Error("the database is away"));
      const value = Reflect.get(target, name, receiver);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
  return {
    connection: { ...others, db: guarded },
    go() {
      isAway = true;
    },
    comeBack() {
      isAway = false;
    },
  };
}

/** Alerts and telling, wired as Unity wires them; what is sent lands in a list. */
async function openWatch(on: Connection) {
  const sent: Message[] = [];
  let at = 0;
  let notifier: Notifier | undefined;
  const alerts: Alerts = await openAlerts({
    connection: on,
    store: {
      latest: () => [],
      range: () => Promise.reject(new Error("the database is away")),
      // Nothing of the past can be read, all the time.
      export() {
        throw new Error("the database is away");
      },
    },
    plugin: () => undefined,
    facts: () => ({ labels: ["mount"], isRate: false, staleMs: 60_000 }),
    series: (id) => SERIES[id],
    ofInstance: () => SERIES,
    hasOthers: () => false,
    holds: () => true,
    lastRunAt: () => null,
    rulesChanged: () => undefined,
    changed: (transitions) => notifier?.changed(transitions) ?? [],
    kept: (alert, deed) => notifier?.kept(alert, deed),
    leads: () => true,
    absent: () => null,
    asked: () => undefined,
    clock,
    log,
  });
  notifier = await openNotifier({
    secrets: testSecrets,
    connection: on,
    alerts,
    leads: () => true,
    hasOthers: () => false,
    places: () => [{ id: "mail", name: "Mail", enabled: true }],
    async send(_, message) {
      sent.push(message);
      return { ok: true, answer: "ok" };
    },
    factsOf: () => FACTS,
    mutedBy: () => null,
    collects: () => true,
    ping: async () => ({ ok: true, answer: "200" }),
    settingsChanged: () => undefined,
    clock,
    log,
  });
  if (alerts.book.rules().length === 0) {
    await alerts.book.create({
      name: "Nearly full",
      scope: { kind: "all" },
      parts: [{ kind: "value", metric: "used", is: "above", limit: 90 }],
      severity: "warning",
      summary: "{{mount}}",
    });
    const route = { name: "All", channels: "all", group: "none", waitSeconds: 0, criticalWaitSeconds: 0 };
    await notifier.book.setRoutes([{ ...route, updateMinutes: 0 }]);
  }
  await alerts.take([INSTANCE.id]);
  alerts.start();
  notifier.start();
  // It takes the lead with the first look.
  await pause(500);
  const telling = notifier;
  return {
    alerts,
    notifier: telling,
    said: () => sent.flatMap((message) => message.alerts.map(({ labels, event }) => `${labels.mount} ${event}`)),
    run(...values: readonly number[]) {
      at = Math.max(clock.now(), at + 1);
      const series = values.map((_, id) => id);
      alerts.evaluate({ instance: INSTANCE, at, series, values, failed: false, consecutiveErrors: 0 });
    },
    async stop() {
      await alerts.close();
      await telling.stop(1_000);
    },
  };
}

const outages: [string, (connection: Connection) => ReturnType<typeof createOutage>][] = [
  ["fails", createOutage],
  [
    "can only be read",
    (on) => ({
      connection: on,
      go: () => void on.engine.query("pragma query_only = on"),
      comeBack: () => void on.engine.query("pragma query_only = off"),
    }),
  ],
];

test.each(outages)(
  "a database that %s: alerts fire and end, are told once, and are written when it works again",
  async (_, make) => {
    const outage = make(connection);
    const one = await openWatch(outage.connection);
    one.run(95, 10, 10);
    await expect.poll(one.said, WITHIN).toEqual(["/0 firing"]);
    outage.go();
    one.run(10, 95, 95);
    await expect
      .poll(() => one.said().toSorted(), WITHIN)
      .toEqual(["/0 firing", "/0 resolved", "/1 firing", "/2 firing"]);
    const [first, second] = one.alerts.open();
    await one.alerts.acknowledge(first?.id ?? "", { by: "anna", note: "", until: "over" });
    one.run(10, 95, 10);
    await expect.poll(() => one.said().includes("/2 resolved"), WITHIN).toBe(true);
    expect(one.alerts.open()).toMatchObject([{ id: first?.id, acknowledged: { by: "anna" } }]);
    outage.comeBack();
    const eventsOf = async (id = "") => (await one.alerts.history({ alertId: id, limit: 9 })).map(({ event }) => event);
    await expect.poll(() => eventsOf(first?.id), WITHIN).toEqual(["acknowledged", "firing"]);
    expect(await eventsOf(second?.id)).toEqual(["resolved", "firing"]);
    const unsent = async () => (await one.notifier.log({ limit: 50 })).filter(({ state }) => state !== "sent");
    await expect.poll(unsent, WITHIN).toEqual([]);
    expect(one.said()).toHaveLength(5);
    await one.stop();

    // Whoever comes next neither repeats nor misses anything.
    const next = await openWatch(connection);
    next.run(10, 96, 10);
    expect(next.alerts.open()).toMatchObject([{ id: first?.id, acknowledged: { by: "anna" } }]);
    await pause(2_500);
    expect(next.said()).toEqual([]);
    next.run(10, 10, 10);
    await expect.poll(next.said, WITHIN).toEqual(["/1 resolved"]);
    expect((await next.notifier.log({ limit: 50 })).length).toBe(6);
    await next.stop();
  },
  60_000,
);

test("what stood cannot be read at first: it is read later, and nobody is told twice", async () => {
  const one = await openWatch(connection);
  one.run(95);
  await expect.poll(one.said, WITHIN).toEqual(["/0 firing"]);
  const [stood] = one.alerts.open();
  await one.stop();
  const outage = createOutage(connection);
  const next = await openWatch(outage.connection);
  next.alerts.letGo(INSTANCE.id);
  outage.go();
  await next.alerts.take([INSTANCE.id]);
  expect(next.alerts.open()).toEqual([]);
  outage.comeBack();
  await expect.poll(() => next.alerts.open().map(({ id }) => id), WITHIN).toEqual([stood?.id]);
  next.run(95);
  expect(next.alerts.open().map(({ id }) => id)).toEqual([stood?.id]);
  await pause(1_500);
  expect(next.said()).toEqual([]);
  await next.stop();
}, 60_000);
