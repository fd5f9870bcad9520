import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { systemClock } from "../clock";
import type { Connection } from "../db/database";
import { openSqlite } from "../db/sqlite";
import { folders } from "../places";
import { createHandClock, createWorld, INSTANCE } from "./test-processes";

let folder = "";
let connection: Connection;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "unity-deeds-"));
  connection = await openSqlite(join(folder, "unity.db"), { migrationsFolder: join(folders.migrations, "sqlite") });
});
afterEach(async () => {
  await connection.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Two processes; the first has an instance on which one alert fires. */
async function share() {
  const world = createWorld(connection, systemClock);
  const [first, second] = [await world.join("first"), await world.join("second")];
  world.hold("first");
  await first.take([INSTANCE.id]);
  world.run("first", 95);
  await first.history({ limit: 1 });
  const id = first.open()[0]?.id ?? "";
  return { world, first, second, id };
}
const asked = async () => {
  const rows = await connection.db.select().from(connection.schema.settings);
  return rows.filter(({ key }) => key.startsWith("alerts.deed."));
};

test("what is done with an alert in another process is done by the one that has it, once", async () => {
  const { first, second, id } = await share();
  const done = await second.acknowledge(id, { by: "anna", note: "on it", until: "worse" });
  expect(done.acknowledged).toMatchObject({ by: "anna", note: "on it", until: "worse", value: 95 });
  expect(first.open()[0]?.acknowledged?.by).toBe("anna");
  const until = Date.now() + 60_000;
  await second.snooze(id, { by: "anna", note: "", until });
  await second.note(id, { by: "bo", note: "seen" });
  await second.unacknowledge(id, "bo");
  expect(first.open()[0]).toMatchObject({ acknowledged: null, snoozedUntil: until });
  expect((await second.standing())[0]).toMatchObject({ acknowledged: null, snoozedUntil: until });
  await first.takeUp();
  const events = await second.history({ alertId: id, limit: 10 });
  expect(events.map(({ event, actor }) => `${event} ${actor}`)).toEqual([
    "unacknowledged bo",
    "noted bo",
    "snoozed anna",
    "acknowledged anna",
    "firing null",
  ]);
  expect(await asked()).toEqual([]);
});

test("what is ended by hand in another process stays ended", async () => {
  const { world, first, second, id } = await share();
  await second.resolve(id, "anna");
  expect(first.open()).toEqual([]);
  expect((await first.history({ alertId: id, limit: 1 }))[0]).toMatchObject({ event: "resolved", actor: "anna" });
  expect(await asked()).toEqual([]);
  await expect(second.note(id, { by: "anna", note: "?" })).rejects.toMatchObject({ code: "not_found" });
  // Whoever has it next knows.
  world.kill("first");
  world.hold("second");
  await second.take([INSTANCE.id]);
  world.run("second", 96);
  expect(second.open()).toEqual([]);
  world.run("second", 50);
  await second.history({ limit: 1 });
  expect(await connection.db.select().from(connection.schema.alertStates)).toEqual([]);
});

test("what was asked for while nobody had it is done by whoever comes", async () => {
  const { world, second, id } = await share();
  world.kill("first");
  const third = await world.join("third");
  const answer = await second.acknowledge(id, { by: "anna", note: "", until: "over" });
  expect(answer.acknowledged?.by).toBe("anna");
  expect(await asked()).toHaveLength(1);
  // Everybody sees it at once.
  expect(await third.standing()).toMatchObject([{ id, acknowledged: { by: "anna" } }]);
  world.hold("third");
  await third.take([INSTANCE.id]);
  expect(third.open()).toMatchObject([{ id, acknowledged: { by: "anna" } }]);
  expect(await asked()).toEqual([]);
});

test("an acknowledgement by hand outlives who had the alert when it was taken over", async () => {
  const { world, first, second, id } = await share();
  // The first has not heard yet that the second has it now.
  world.hold("second");
  await second.take([INSTANCE.id]);
  await first.acknowledge(id, { by: "anna", note: "", until: "over" });
  expect(second.open()[0]?.acknowledged?.by).toBe("anna");
});

test("what nobody can do any more is not kept", async () => {
  const clock = createHandClock(Date.now());
  const world = createWorld(connection, clock);
  const first = await world.join("first");
  world.hold("first");
  world.run("first", 95);
  await first.history({ limit: 1 });
  const id = first.open()[0]?.id ?? "";
  world.kill("first");
  const second = await world.join("second");
  const asking = second.acknowledge(id, { by: "anna", note: "", until: "over" });
  await expect.poll(async () => (await asked()).length).toBe(1);
  let answered = false;
  void asking.finally(() => {
    answered = true;
  });
  while (!answered) {
    await clock.move(100);
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  await second.takeUp();
  expect(await asked()).toHaveLength(1);
  await clock.move(25 * 3_600_000);
  await second.takeUp();
  expect(await asked()).toEqual([]);
});

test("alerts of an instance that was removed while its process was dead are ended, and say why", async () => {
  const { world, id } = await share();
  world.kill("first");
  world.kill("second");
  world.leave("removed");
  world.told();
  const next = await world.join("next");
  next.start();
  await expect.poll(async () => (await next.history({ alertId: id, limit: 1 }))[0]?.event).toBe("resolved");
  const [end] = await next.history({ alertId: id, limit: 1 });
  expect(end?.details).toMatchObject({ cause: "unwatched", note: "Its instance was removed while nobody watched it." });
  expect(world.told().map(({ alert, to }) => `${alert.id} ${to}`)).toEqual([`${id} resolved`]);
  expect(await next.standing()).toEqual([]);
  expect(await connection.db.select().from(connection.schema.alertStates)).toEqual([]);
  await next.close();
});

test("of several processes the leader waits whether the one that had it ends it", async () => {
  const clock = createHandClock(Date.now());
  const world = createWorld(connection, clock);
  const [first] = [await world.join("first"), await world.join("second")];
  const third = await world.join("third");
  world.hold("third");
  world.run("third", 95, 95);
  await third.history({ limit: 1 });
  const [one, other] = third.open().map(({ id }) => id);
  await third.resolve(other ?? "", "anna");
  world.leave("paused");
  first.start();
  await clock.move(20_000);
  expect(await first.history({ events: ["resolved"], alertId: one, limit: 1 })).toEqual([]);
  await clock.move(70_000);
  await expect.poll(async () => (await first.history({ alertId: one, limit: 1 }))[0]?.event).toBe("resolved");
  // Nobody waits for what was ended by hand, either.
  await expect.poll(() => connection.db.select().from(connection.schema.alertStates)).toEqual([]);
  await first.close();
});

test("what ends while its rule is gone is ended by whoever looks next", async () => {
  const { world, first, id } = await share();
  world.kill("first");
  world.kill("second");
  for (const rule of first.book.rules()) await first.book.remove(rule.id);
  const next = await world.join("next");
  for (const rule of next.book.rules()) await next.book.remove(rule.id);
  world.hold("next");
  await next.take([INSTANCE.id]);
  world.run("next", 95);
  expect((await next.history({ alertId: id, limit: 1 }))[0]).toMatchObject({
    event: "resolved",
    details: { cause: "unwatched" },
  });
});
