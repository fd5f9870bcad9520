import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { openAlertBook } from "./alerts/book";
import { createActionLinks } from "./alerts/notify/action-links";
import { composeMessage } from "./alerts/notify/compose";
import type { Delivery } from "./alerts/notify/delivery";
import { createDeliveryTable } from "./alerts/notify/delivery-table";
import { MOST_RECALLED } from "./alerts/notify/load-ledger";
import { FACTS, makeAlert, makeRoute } from "./alerts/notify/test-lead";
import type { Alert } from "./alerts/shapes/alert";
import { COMMAND } from "./auth/visitor";
import { createDoors } from "./collect/doors/doors";
import { createLog } from "./log";
import { pruneBeside } from "./maintenance";
import { openEmbeddedStores } from "./open-stores";
import { createUnity } from "./unity";
import { testSecrets } from "./vault/test-vault";

const DAY = 86_400_000;
const START = 1_795_478_400_000;
const KEPT_DAYS = 90;
const AUDIT_DAYS = 30;
const log = createLog("silent");

/** Messages, silences and alerts of a busy house, day by day, with what the night takes out. */
async function openHouse() {
  const folder = await mkdtemp(join(tmpdir(), "unity-year-"));
  const { connection, store, close } = await openEmbeddedStores(join(folder, "unity.db"));
  let now = START;
  const clock = { now: () => now, after: () => () => undefined };
  const unity = await createUnity({
    secrets: testSecrets,
    connection,
    store,
    registry: { get: () => undefined, all: () => [], broken: [], iconPath: () => "" },
    openDoors: createDoors,
    clock,
    log,
    localHost: "here",
    database: "unity.db",
  });
  onTestFinished(async () => {
    await close();
    await rm(folder, { recursive: true, force: true });
  });
  await unity.retention.set({ ...unity.retention.get(), auditDays: AUDIT_DAYS });
  const records = openAlertBook(connection, { clock, log });
  const table = createDeliveryTable(connection);
  const links = createActionLinks(connection, { key: unity.notifier.book.key, clock });
  let made = 0;

  function deliveryOf(alert: Alert): Delivery {
    made += 1;
    const id = `018f0000-0000-7000-9000-${String(made).padStart(12, "0")}`;
    const tells = [{ event: "firing", alert }] as const;
    const route = makeRoute();
    const wording = { factsOf: () => FACTS, publicUrl: "", link: () => "" };
    const message = composeMessage({ id, groupKey: "g", route, tells, others: 0, now }, wording);
    const told = { routeId: "r1", tells, others: 0 };
    const end = { state: "sent", attempts: 1, answer: "ok", finishedAt: now } as const;
    return { id, channelId: "mail", groupKey: "g", dueAt: now, createdAt: now, message, told, ...end };
  }

  async function live(messages: number): Promise<void> {
    for (let count = 0; count < 3; count++) {
      const when = { kind: "once", from: now, to: now + 3_600_000 };
      await unity.muting.silences.create({ kind: "silence", name: "Quiet", matchers: [], when }, "somebody");
    }
    const alert = makeAlert("day", now);
    const ended = { ...alert, standing: { ...alert.standing, phase: "resolved" } } as const;
    await records.record([
      { alert, from: "inactive", to: "firing", at: now, cause: "measured" },
      { alert: ended, from: "firing", to: "resolved", at: now + 1, cause: "measured" },
    ]);
    const deliveries = Array.from({ length: messages }, () => deliveryOf(alert));
    await table.save(deliveries);
    const token = links.sign(deliveries[0]?.id ?? "", "snooze");
    const claim = links.read(token);
    if (typeof claim !== "string") await links.use(token, claim);
    unity.audit.record({ who: COMMAND, action: "channels.update", outcome: "done" });
    // It is written before it is read.
    await unity.audit.list({ limit: 1 });
    now += DAY;
    await pruneBeside(unity);
  }

  const { notifications, silences, alertHistory, alertStates, settings, auditLog } = connection.schema;
  const tables = { notifications, silences, alertHistory, alertStates, settings, auditLog };
  return {
    live,
    /** Fires, and is never over. */
    async stand() {
      const alert = makeAlert("for ever", now);
      await records.record([{ alert, from: "inactive", to: "firing", at: now, cause: "measured" }]);
      await unity.alerts.take([alert.instanceId]);
      expect(unity.alerts.open()).toHaveLength(1);
    },
    listed: () => unity.muting.silences.all().length,
    async count() {
      const counts = Object.entries(tables).map(
        async ([name, one]) => [name, await connection.db.$count(one)] as const,
      );
      return Object.fromEntries(await Promise.all(counts));
    },
  };
}

test("a year of messages, silences, alerts and deeds takes no more room than what is kept", async () => {
  const { live, count, listed } = await openHouse();
  const months: Record<string, number>[] = [];
  for (let day = 0; day < 365; day++) {
    await live(4);
    if (day % 30 === 29) months.push(await count());
  }
  const most = (name: string) => Math.max(...months.slice(KEPT_DAYS / 30).map((one) => one[name] ?? 0));
  expect(most("notifications")).toBeLessThanOrEqual(4 * (KEPT_DAYS + 1));
  expect(most("silences")).toBeLessThanOrEqual(3 * (KEPT_DAYS + 1));
  expect(most("alertHistory")).toBeLessThanOrEqual(2 * (KEPT_DAYS + 1));
  expect([most("auditLog"), months.at(-1)?.auditLog]).toEqual([AUDIT_DAYS, AUDIT_DAYS]);
  expect(listed()).toBeLessThanOrEqual(3 * (KEPT_DAYS + 1));
  expect([most("alertStates"), most("settings")]).toEqual([0, months[0]?.settings]);
}, 120_000);

test("an alert that is never over keeps no more messages than are read at a start", async () => {
  const { live, count, stand } = await openHouse();
  await stand();
  for (let day = 0; day < 100; day++) await live(80);
  // What is younger than what is kept stays in any case.
  expect((await count()).notifications).toBeLessThanOrEqual(80 * (KEPT_DAYS + 1));
  for (let day = 0; day < 100; day++) await live(10);
  expect((await count()).notifications).toBeLessThanOrEqual(MOST_RECALLED + 80);
}, 120_000);
