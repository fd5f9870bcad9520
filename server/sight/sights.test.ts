import { expect, test } from "vitest";
import { COMMAND, nobody, type Visitor } from "../auth/visitor";
import type { Instance } from "../collect/instance";
import { appRouter } from "../trpc/router";
import type { Unity } from "../unity";
import { OTHER, OWN, openTwoGroups, TAG } from "./test-two-groups";

const ANNA: Visitor = {
  ...nobody(null),
  name: "Anna",
  role: "editor",
  via: "token",
  permissions: new Set(["read", "respond", "edit"]),
  tags: [TAG],
};
const open = async () => {
  const groups = await openTwoGroups();
  const { unity } = groups;
  const anna = appRouter.createCaller({ unity, visitor: ANNA });
  return { ...groups, anna, everybody: appRouter.createCaller({ unity, visitor: COMMAND }) };
};

test("whoever sees everything is handed Unity itself", async () => {
  const { unity } = await openTwoGroups();
  expect(unity.seenBy({ tags: null })).toBe(unity);
});

test("who sees the same tags shares what was worked out, and only what was used last is kept", async () => {
  const { unity } = await openTwoGroups();
  const first = unity.seenBy({ tags: ["a", "b"] });
  expect(unity.seenBy({ tags: ["b", "a"] })).toBe(first);
  for (let count = 0; count < 40; count += 1) unity.seenBy({ tags: [`more-${count}`] });
  expect(unity.seenBy({ tags: ["a", "b"] })).not.toBe(first);
});

test("no part of it knows what is not seen, whatever asks it and by whatever id", async () => {
  const { unity, own, other } = await openTwoGroups();
  const sight = unity.seenBy(ANNA);
  const id = other.instance.id;
  const ids = unity.series.ofInstance(id).map((one) => one.id);
  const window = { series: ids, from: unity.clock.now() - 3_600_000, to: unity.clock.now(), maxPoints: 10 };
  const { ledger, series, store, alerts, muting, instances } = sight;
  const alert = unity.alerts.open().filter(({ instanceId }) => instanceId === id);
  const [first] = alert;
  if (!first) throw new Error("Nothing fires.");
  expect([instances.get(id), series.get(ids[0] ?? 0), await ledger.inventory(id)]).toEqual(Array(3).fill(undefined));
  expect(ledger.status(id)).toMatchObject({ health: "unknown", message: null });
  const lists = [
    series.ofInstance(id),
    ledger.strip(id),
    await ledger.runs(id, 10),
    await ledger.failedRuns({ instanceIds: [id], from: 0, to: unity.clock.now() + 1, limit: 10 }),
    store.latest(ids),
    (await store.range(window)).series,
    await store.top({ ...window, by: "avg", limit: 5 }),
    alerts.effective(other.instance, {}),
    await alerts.history({ instanceId: id, limit: 10 }),
    await alerts.history({ alertIds: alert.map((one) => one.id), limit: 10 }),
    [...muting.mutedAmong(alert, unity.clock.now())],
  ];
  expect(lists).toEqual(lists.map(() => []));
  expect([muting.mutedBy(first, unity.clock.now() + 90_000), muting.pausedBy(id, unity.clock.now() + 90_000)]).toEqual([
    null,
    null,
  ]);
  expect(sight.runNow(other.instance)).toBe(false);
  expect(sight.runNow(own.instance)).toBe(true);
});

test("who sees no tag sees nothing", async () => {
  const { unity } = await openTwoGroups();
  const caller = appRouter.createCaller({ unity, visitor: { ...ANNA, tags: [] } });
  expect(await caller.plugins.overview()).toMatchObject({ hosts: [], instances: [], latest: [], outlook: [] });
  expect(await caller.alerts.history()).toEqual([]);
  expect(await caller.alerts.past()).toEqual({ alerts: [], next: null });
  expect(await caller.silences.list()).toEqual([]);
});

test("what is counted is what is seen", async () => {
  const { anna, everybody, own } = await open();
  const { hosts, instances, latest, outlook } = await anna.plugins.overview();
  expect(hosts.map(({ host, instances: count, failing }) => [host, count, failing])).toEqual([
    [own.instance.host, 1, 1],
  ]);
  expect([instances.length, latest.length, outlook.length]).toEqual([1, 2, 1]);
  expect((await everybody.plugins.overview()).hosts.map(({ instances: count }) => count)).toContain(2);
  const uses = (await anna.plugins.catalogue()).map(({ id, instances: count, states }) => [id, count, states.failing]);
  expect(uses).toEqual([
    ["gate", 0, 0],
    ["probe", 1, 1],
  ]);
  const { existing, hosts: known, localHost } = await anna.plugins.definition({ id: "probe" });
  expect([existing.length, known, localHost]).toEqual([1, [own.instance.host], ""]);
  const ofRule = (await anna.alerts.rule.all()).find(({ rule }) => rule.name === `${OWN}-RULE`);
  expect(ofRule).toMatchObject({ watches: 1, firing: 1, overrides: 0 });
  expect(await anna.alerts.attention()).toMatchObject({
    critical: 2,
    info: 2,
    newest: { instanceName: `${OWN}-NAME` },
  });
});

test("rules are shown as they are for what is seen", async () => {
  const { anna, everybody } = await open();
  const partsOf = (rules: Awaited<ReturnType<typeof anna.alerts.rule.list>>, wanted: string) =>
    rules.find(({ name }) => name === wanted)?.parts.map((part) => part.kind === "value" && part.where.length);
  const mine = await anna.alerts.rule.list();
  const all = await everybody.alerts.rule.list();
  expect(mine.map(({ name }) => name)).toEqual([`${OWN}-RULE`, "One of both", "All but"]);
  // One condition is for others; "not" of what only others have is always so.
  expect([partsOf(all, "One of both"), partsOf(mine, "One of both")]).toEqual([[1, 1], [1]]);
  expect([partsOf(all, "All but"), partsOf(mine, "All but")]).toEqual([[1], [0]]);
  const overrides = await anna.alerts.override.list();
  expect(overrides.map(({ scope, note }) => [scope.kind, note])).toEqual([
    ["instance", `${OWN}-BECAUSE`],
    ["all", ""],
    ["instance", ""],
    ["item", ""],
  ]);
});

test("silences are shown as they are for what is seen, without the words of those that are for more", async () => {
  const { anna, advance, unity, own } = await open();
  const said = async () =>
    (await anna.silences.list()).map(({ name, note, matchers, mutes }) => [name, note, matchers.length, mutes]);
  expect((await said()).toSorted()).toEqual(
    [
      ["Maintenance", "", 0, 0],
      [`${OWN}-SILENCE`, `${OWN}-SILENCE`, 1, 0],
      ["Silence", "", 0, 0],
    ].toSorted(),
  );
  advance(90_000);
  const { maintenance } = await anna.plugins.instance({ id: own.instance.id });
  expect(maintenance).toMatchObject({ kind: "maintenance", name: "Maintenance" });
  const muted = (await anna.alerts.open()).map(({ mutedBy }) => mutedBy?.name);
  expect(muted.length).toBeGreaterThan(3);
  expect(new Set(muted)).toEqual(new Set([`${OWN}-SILENCE`]));
  expect(await anna.alerts.attention()).toMatchObject({ critical: 0, newest: null });
  const [mine] = unity.muting.silences.all().filter(({ silence }) => silence.name === `${OWN}-SILENCE`);
  await unity.muting.silences.end(mine?.silence.id ?? "");
  expect((await anna.alerts.open()).map(({ mutedBy }) => mutedBy?.name)).toContain("Maintenance");
});

test("an alert is not said to hang on what is not seen, nor that something else is down", async () => {
  const { anna, everybody, own } = await open();
  const ofOwn = async (caller: typeof anna) =>
    (await caller.alerts.open())
      .filter(({ instanceId }) => instanceId === own.instance.id)
      .map(({ mutedBy }) => mutedBy);
  expect((await ofOwn(everybody))[0]).toMatchObject({ kind: "parent", name: `${OTHER}-NAME` });
  expect(new Set(await ofOwn(anna))).toEqual(new Set([null]));
  const acknowledged = await anna.alerts.acknowledge({ id: own.alert });
  expect(acknowledged).toMatchObject({ mutedBy: null, acknowledged: { by: "Anna" } });
});

test("what hangs on something that is seen is said to, though that hangs on what is not", async () => {
  const { anna, everybody, unity, others } = await open();
  const [beside] = others;
  await unity.instances.update(beside?.id ?? "", { tags: [TAG] });
  const parents = async (caller: typeof anna) =>
    (await caller.alerts.open()).flatMap(({ instanceId, mutedBy }) =>
      instanceId === beside?.id ? [mutedBy?.name] : [],
    );
  // What fired long before either was down does not hang on them.
  expect(new Set(await parents(everybody))).toEqual(new Set([`${OTHER}-NAME`, undefined]));
  expect(new Set(await parents(anna))).toEqual(new Set([`${OWN}-NAME`, undefined]));
});

test("what an alert is said to hang on is as true as for everybody, whoever has answered meanwhile", async () => {
  const { anna, everybody, unity, own, others } = await open();
  await unity.muting.parents.set([]);
  const [beside] = others;
  await unity.instances.update(beside?.id ?? "", { tags: [TAG] });
  const parents = async (caller: typeof anna) =>
    (await caller.alerts.open())
      .filter(({ instanceId }) => [own.instance.id, beside?.id].includes(instanceId))
      .map(({ mutedBy }) => mutedBy?.kind ?? null);
  // Both fell silent: the machine is off, and one of them speaks for it.
  expect(await parents(anna)).toContain("parent");
  expect(await parents(anna)).toEqual(await parents(everybody));
  // On the same machine, others saw it answer after the first of them had fallen silent.
  const host = own.instance.host;
  const first = await unity.instances.create({ plugin: "gate", name: "First", host, config: {} });
  const answers = await unity.instances.create({ plugin: "gate", name: "Answers", host, config: {} });
  const at = unity.clock.now() - 10 * 60_000;
  for (const consecutiveErrors of [1, 2, 3])
    unity.alerts.evaluate({
      instance: first,
      at: at - 60_000 + consecutiveErrors,
      series: [],
      values: [],
      failed: true,
      consecutiveErrors,
    });
  remember(unity, first, { at, failed: true });
  remember(unity, answers, { at, failed: false });
  expect(await parents(everybody)).not.toContain("parent");
  expect(await parents(anna)).not.toContain("parent");
});

function remember(unity: Unity, { id: instanceId }: Instance, { at, failed }: { at: number; failed: boolean }): void {
  const run = { instanceId, startedAt: at, durationMs: 1, readings: 0, refused: 0, attempts: 1, remarks: [] };
  const said = { reason: failed ? ("timeout" as const) : null, message: null, hint: null };
  const status = { ...unity.ledger.status(instanceId), ...said, lastRunAt: at, lastSuccessAt: failed ? null : at };
  unity.ledger.record({ ...run, ...said, outcome: failed ? "failed" : "ok" }, status, undefined);
}

test("what happened around an alert is what happened to what is seen", async () => {
  const { anna, everybody, own } = await open();
  const mine = await anna.alerts.detail({ id: own.alert });
  const whole = await everybody.alerts.detail({ id: own.alert });
  const names = ({ before }: typeof mine) => new Set([...before.alerts, ...before.runs].map((one) => one.instanceName));
  expect(names(mine)).toEqual(new Set([`${OWN}-NAME`]));
  expect(names(whole)).toEqual(new Set([`${OWN}-NAME`, `${OTHER}-BESIDE`]));
});

test("what is done to an alert or an instance that is not seen is refused, and changes nothing", async () => {
  const { anna, other, own, unity } = await open();
  const id = other.alert;
  const before = JSON.stringify(unity.alerts.open().filter((alert) => alert.id === id));
  const over = { code: "NOT_FOUND", message: "This alert is over." };
  await expect(anna.alerts.acknowledge({ id })).rejects.toMatchObject(over);
  await expect(anna.alerts.unacknowledge({ id })).rejects.toMatchObject(over);
  await expect(anna.alerts.snooze({ id, until: null })).rejects.toMatchObject(over);
  await expect(anna.alerts.note({ id, note: "x" })).rejects.toMatchObject(over);
  await expect(anna.alerts.resolve({ id })).rejects.toMatchObject(over);
  expect(JSON.stringify(unity.alerts.open().filter((alert) => alert.id === id))).toBe(before);
  await expect(anna.plugins.runNow({ id: other.instance.id })).rejects.toMatchObject({
    code: "NOT_FOUND",
    message: "This instance is not there any more.",
  });
  await anna.alerts.resolve({ id: own.alert });
  expect(unity.alerts.open().some((alert) => alert.id === own.alert)).toBe(false);
});

/** Messages as they come, until it is closed. */
function listen(unity: Unity, visitor: Visitor, input?: { instances: string[] }) {
  const stop = new AbortController();
  const heard: { statuses: unknown[]; series: number[]; changed: boolean }[] = [];
  const caller = appRouter.createCaller({ unity, visitor }, { signal: stop.signal });
  const ended = caller.live.stream(input).then(async (stream) => {
    for await (const message of stream) heard.push(message);
  });
  return {
    heard,
    async close() {
      stop.abort();
      await ended;
    },
  };
}

test.each(["all there is", "what is not seen, by its id"])("a live stream of %s holds what is seen", async (asked) => {
  const { unity, own, other, others, publish } = await open();
  const instances = [own.instance.id, ...others.map(({ id }) => id)];
  const stream = listen(unity, ANNA, asked === "all there is" ? undefined : { instances });
  await expect.poll(() => unity.bus.viewers()).toBe(1);
  for (const instance of others) publish(instance, 66_666);
  publish(own.instance, 1);
  await expect.poll(() => stream.heard.length).toBe(1);
  publish(other.instance, 66_666);
  publish(own.instance, 2);
  await expect.poll(() => stream.heard.length).toBe(2);
  await stream.close();
  const text = JSON.stringify(stream.heard);
  expect(text).toContain(`${OWN}-ERROR`);
  expect(text).not.toContain(OTHER);
  expect(text).not.toContain("66666");
});

test("a live stream says nothing more of an instance from the moment that its tags are others, nor what was waiting", async () => {
  const { unity, own, publish } = await open();
  const stream = listen(unity, ANNA);
  await expect.poll(() => unity.bus.viewers()).toBe(1);
  publish(own.instance, 1);
  await expect.poll(() => stream.heard.length).toBe(1);
  // Waits for the next message.
  publish(own.instance, 66_666);
  await unity.instances.update(own.instance.id, { tags: ["another"] });
  await expect.poll(() => stream.heard.length).toBe(2);
  expect(stream.heard[1]).toMatchObject({ statuses: [], series: [], changed: true });
  publish(own.instance, 66_666);
  await unity.instances.update(own.instance.id, { tags: [TAG] });
  publish(own.instance, 3);
  await expect.poll(() => stream.heard.at(-1)?.series.length).toBeGreaterThan(0);
  await stream.close();
  expect(JSON.stringify(stream.heard)).not.toContain("66666");
});
