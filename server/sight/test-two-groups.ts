import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished } from "vitest";
import { z } from "zod";
import { chart, definePlugin, meter } from "../../plugins/sdk";
import { createDoors } from "../collect/doors/doors";
import type { Instance } from "../collect/instance";
import { unknownStatus } from "../collect/status";
import { createLog } from "../log";
import { seriesKey, sortLabels } from "../metrics/series-key";
import { openEmbeddedStores } from "../open-stores";
import { createUnity, type Unity } from "../unity";
import { testSecrets } from "../vault/test-vault";

/** In everything that the visitor sees, and in everything that it does not. */
export const OWN = "PLANTED-OWN";
export const OTHER = "PLANTED-OTHER";
/** Of the instances that are seen. */
export const TAG = "home";
/** Others have something on it, too. */
const SHARED_HOST = `${OWN}-HOST`;
const MINUTE_MS = 60_000;

const base = { category: "network", tier: 1, kind: "network", intervalSeconds: 60, timeoutMs: 60_000 } as const;

/** What is collected is written below. @param collect a run that ends would be something else */
function makePlugins(collect: () => Promise<void>) {
  const probe = definePlugin({
    ...base,
    id: "probe",
    name: "Probe",
    summary: "Probes.",
    config: z.object({ target: z.string().default("") }),
    metrics: {
      heat: { kind: "gauge", unit: "celsius", labels: ["place"], description: "Heat." },
      full: { kind: "gauge", unit: "ratio", labels: ["place"], description: "How full it is." },
    },
    alerts: [
      {
        id: "filling",
        metric: "full",
        when: { above: 0.95 },
        over: { forecastSeconds: 86_400 },
        severity: "info",
        summary: "{{place}} will be full",
      },
    ],
    board: [meter("full", "Full", { warn: 0.2 }), meter("heat", "Heat"), chart("Heat", ["heat"])],
    target: ({ target }) => target,
    collect,
  });
  const none = { config: z.object({}), metrics: {}, alerts: [], board: [], collect };
  // Only others have one.
  return [probe, definePlugin({ ...base, ...none, id: "gate", name: "Gate", summary: "Gates." })];
}

/** A Unity with instances of two groups, each with everything that an instance can have. Its clock stands still. */
export async function openTwoGroups() {
  const folder = await mkdtemp(join(tmpdir(), "unity-sight-"));
  const { connection, store, close } = await openEmbeddedStores(join(folder, "unity.db"));
  let now = Date.now();
  let end = () => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const plugins = makePlugins(() => ended);
  const unity = await createUnity({
    secrets: testSecrets,
    connection,
    store,
    registry: {
      get: (id) => plugins.find((plugin) => plugin.id === id),
      all: () => plugins,
      broken: [],
      iconPath: () => "",
    },
    openDoors: createDoors,
    clock: { now: () => now, after: () => () => undefined },
    log: createLog("silent"),
    localHost: `${OTHER}-MACHINE`,
    database: `/data/${OTHER}.db`,
  });
  onTestFinished(async () => {
    end();
    // The clock stands still: nobody waits by it.
    await expect.poll(() => unity.scheduler.running()).toBe(0);
    await unity.stop(0);
    await close();
    await rm(folder, { recursive: true, force: true });
  });
  const own = await addInstance(unity, { name: `${OWN}-NAME`, host: SHARED_HOST, tags: [TAG, `${OWN}-TAG`] }, OWN);
  const beside = await addInstance(unity, { name: `${OTHER}-BESIDE`, host: SHARED_HOST, tags: [] }, OTHER);
  const other = await addInstance(
    unity,
    { name: `${OTHER}-NAME`, host: `${OTHER}-HOST`, tags: [`${OTHER}-TAG`] },
    OTHER,
  );
  const onThis = await unity.instances.create({ plugin: "gate", name: `${OTHER}-GATE`, config: {} });
  await decide(unity, { own, other });
  for (const [instance, word] of [
    [own, OWN],
    [beside, OTHER],
    [other, OTHER],
  ] as const)
    await fire(unity, instance, word, now);
  for (const alert of unity.alerts.open()) {
    const word = alert.instanceId === own.id ? OWN : OTHER;
    await unity.alerts.note(alert.id, { by: "Anna", note: `${word}-SAID` });
  }
  await settleOutlook(unity);
  const alertOf = ({ id }: Instance) =>
    unity.alerts.open().find(({ instanceId, severity }) => instanceId === id && severity === "critical")?.id ?? "";
  return {
    unity,
    own: { instance: own, alert: alertOf(own) },
    other: { instance: other, alert: alertOf(other) },
    others: [beside, other, onThis],
    advance(milliseconds: number) {
      now += milliseconds;
    },
    publish: (instance: Instance, value: number) => publish(unity, instance, value, now),
  };
}

type Named = Pick<Instance, "name" | "host" | "tags">;

async function addInstance(unity: Unity, named: Named, word: string): Promise<Instance> {
  return unity.instances.create({ plugin: "probe", config: { target: `${word}-TARGET` }, ...named });
}

/** What people decided, for one group and for both. */
async function decide(unity: Unity, { own, other }: { own: Instance; other: Instance }): Promise<void> {
  const { book } = unity.alerts;
  const part = { kind: "value", metric: "heat", is: "above", limit: 50 };
  const rule = { severity: "critical", summary: "{{place}} is hot", note: "", parts: [part], scope: { kind: "all" } };
  const ofOwn = { ...part, where: [{ label: "place", value: `${OWN}-PLACE` }] };
  const ofOther = { ...part, where: [{ label: "place", value: `${OTHER}-PLACE` }] };
  const notOther = { ...part, where: [{ label: "place", op: "unlike", value: `${OTHER}*` }] };
  await book.create({ ...rule, name: `${OWN}-RULE` });
  const hidden = await book.create({ ...rule, name: `${OTHER}-RULE`, scope: { kind: "instance", instance: other.id } });
  await book.create({ ...rule, name: `${OTHER}-TAGGED`, scope: { kind: "tag", tag: `${OTHER}-TAG` } });
  await book.create({ ...rule, name: `${OTHER}-HOSTED`, scope: { kind: "host", host: `${OTHER}-HOST` } });
  await book.create({ ...rule, name: `${OTHER}-LABELLED`, parts: [ofOther] });
  await book.create({ ...rule, name: "One of both", severity: "info", join: "any", parts: [ofOther, ofOwn] });
  await book.create({ ...rule, name: "All but", severity: "info", parts: [notOther] });

  const set = { forSeconds: 0 };
  const items = (value: string, op = "is") => ({
    kind: "item",
    instance: own.id,
    where: [{ label: "place", op, value }],
  });
  await book.override({ rule: null, scope: { kind: "instance", instance: own.id }, set, note: `${OWN}-BECAUSE` });
  await book.override({ rule: null, scope: { kind: "all" }, set, note: `${OTHER}-BECAUSE` });
  await book.override({ rule: hidden.id, scope: { kind: "all" }, set, note: "" });
  await book.override({ rule: null, scope: { kind: "host", host: `${OTHER}-HOST` }, set, note: "" });
  await book.override({ rule: null, scope: items(`${OTHER}-PLACE`), set, note: "" });
  await book.override({ rule: null, scope: items(`${OTHER}-PLACE`, "is_not"), set, note: "" });
  await book.override({ rule: null, scope: items(`${OWN}-PLACE`), set, note: "" });

  const { silences, parents } = unity.muting;
  const from = unity.clock.now() + MINUTE_MS;
  const silence = (name: string, matchers: object[], more: object = {}) =>
    silences.create(
      { kind: "silence", name, note: name, matchers, when: { kind: "once", from, to: from + MINUTE_MS }, ...more },
      "Anna",
    );
  const maintenance = { kind: "maintenance", pausesCollection: true };
  await silence(`${OWN}-SILENCE`, [{ of: "tag", value: TAG }]);
  await silence(`${OTHER}-SILENCE`, [{ of: "host", value: `${OTHER}-HOST` }]);
  await silence(`${OTHER}-EVERYTHING`, [], maintenance);
  await silence(`${OTHER}-LABELS`, [{ of: "label", label: "place", value: `${OTHER}-PLACE` }]);
  await silence(`${OTHER}-RULES`, [{ of: "rule", value: `${OTHER}-RULE` }]);
  await silence(`${OTHER}-BUT`, [
    { of: "host", op: "is_not", value: `${OTHER}-HOST` },
    { of: "label", op: "unlike", label: "place", value: `${OTHER}*` },
  ]);
  await parents.set([
    { child: { kind: "instance", instance: own.id }, parent: other.id },
    { child: { kind: "host", host: `${OTHER}-MACHINE` }, parent: own.id },
    { child: { kind: "host", host: SHARED_HOST }, parent: own.id },
  ]);
  await unity.channels.book.create({
    kind: "gotify",
    name: `${OTHER}-CHANNEL`,
    enabled: false,
    config: { url: "http://127.0.0.1:9", token: "x" },
  });
}

/** Fires, is over, fires again, and its last runs failed. */
async function fire(unity: Unity, instance: Instance, word: string, now: number): Promise<void> {
  const labels = { place: `${word}-PLACE` };
  const names = ["heat", "full"].map((metric) => ({ metric, labels, key: seriesKey(metric, sortLabels(labels)) }));
  const series = (await unity.series.identify(instance.id, names, now)).map((id) => id ?? 0);
  const [heat = 0, full = 0] = series;
  const since = now - 180 * MINUTE_MS;
  const steps = Array.from({ length: 36 }, (_, step) => since + step * 5 * MINUTE_MS);
  unity.store.write({
    series: steps.flatMap(() => [heat, full]),
    at: steps.flatMap((at) => [at, at]),
    value: steps.flatMap((_, step) => [90, 0.3 + step / 100]),
  });
  const runs = [
    { at: now - 20 * MINUTE_MS, value: 90 },
    { at: now - 15 * MINUTE_MS, value: 20 },
    { at: now - 5 * MINUTE_MS, value: 90 },
  ];
  for (const { at, value } of runs) {
    const seen = { instance, at, series, values: [value, 0.6] };
    unity.alerts.evaluate({ ...seen, failed: false, consecutiveErrors: 0 });
  }
  for (const consecutiveErrors of [1, 2, 3]) {
    const at = now - (6 - consecutiveErrors) * MINUTE_MS;
    unity.alerts.evaluate({ instance, at, series: [], values: [], failed: true, consecutiveErrors });
    const message = `${word}-ERROR`;
    const run = {
      instanceId: instance.id,
      startedAt: at,
      durationMs: 1,
      outcome: "failed",
      readings: 0,
      refused: 0,
    } as const;
    unity.ledger.record(
      { ...run, attempts: 1, reason: "timeout", message, hint: message, remarks: [message] },
      { ...statusOf(unity, instance, word, at), consecutiveErrors },
      { facts: { model: `${word}-MODEL` }, lists: { disks: [{ name: `${word}-DISK` }] } },
    );
  }
}

const statusOf = (unity: Unity, { id }: Instance, word: string, at: number) => ({
  ...unknownStatus(id, unity.clock.now()),
  health: "failing" as const,
  lastRunAt: at,
  reason: "timeout" as const,
  message: `${word}-ERROR`,
});

function publish(unity: Unity, instance: Instance, value: number, at: number): void {
  const series = unity.series.ofInstance(instance.id).map(({ id }) => id);
  const word = instance.name.startsWith(OWN) ? OWN : OTHER;
  const status = statusOf(unity, instance, word, at);
  unity.bus.publish({
    instanceId: instance.id,
    at,
    series,
    values: series.map(() => value),
    status,
    outcome: "failed",
  });
}

/** It is looked at beside the page. */
async function settleOutlook(unity: Unity): Promise<void> {
  while ((await unity.describe.overview()).outlook.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
}
