import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, vi } from "vitest";
import type { Plugin } from "../../plugins/sdk/plugin";
import { createDoors } from "../collect/doors/doors";
import type { Instance } from "../collect/instance";
import { loadRegistry } from "../collect/registry";
import { type Status, unknownStatus } from "../collect/status";
import { createLog } from "../log";
import { seriesKey, sortLabels } from "../metrics/series-key";
import { openEmbeddedStores } from "../open-stores";
import { folders } from "../places";
import { createUnity, type Unity } from "../unity";
import { testSecrets } from "../vault/test-vault";

/** What the clock of the known Unity says, and stays at. */
export const NOW = Date.UTC(2026, 10, 24, 12);
export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;
const GIB = 1_073_741_824;
/** In a configuration, and in what failed with it. */
export const PLANTED = "planted-key-4711-abcdef";
export const PLANTED_IN_TEXT = "plantedpassword815";

type Labels = Readonly<Record<string, string>>;
/** Of how long ago, in hours. */
type Course = (hoursAgo: number) => number | null;

/** A Unity with the real plugins and stores, whose data is known: nothing collects, everything is written here. */
export async function openKnownUnity() {
  const folder = await mkdtemp(join(tmpdir(), "unity-known-"));
  const log = createLog("silent");
  const { connection, store, close } = await openEmbeddedStores(join(folder, "unity.db"));
  const loaded = await loadRegistry(folders.plugins, log);
  let end = () => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  // What is read is written below.
  const asleep = new Map(
    loaded.all().map((plugin): [string, Plugin] => [plugin.id, { ...plugin, collect: () => ended }]),
  );
  const unity = await createUnity({
    ...{ connection, store, log, secrets: testSecrets, openDoors: createDoors },
    registry: { ...loaded, get: (id) => asleep.get(id), all: () => [...asleep.values()] },
    clock: { now: () => NOW, after: () => () => undefined },
    localHost: "nas",
    database: "unity.db",
  });
  const alertId = await plantAll(unity);
  return {
    unity,
    /** Of the one that fires. */
    alertId,
    async close() {
      end();
      await vi.waitFor(() => expect(unity.scheduler.running()).toBe(0));
      await unity.stop(0);
      await close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function plantAll(unity: Unity): Promise<string> {
  await plantMachines(unity);
  await plantDisks(unity);
  await plantContainers(unity);
  await plantCertificates(unity);
  await plantCare(unity);
  await plantFailing(unity);
  await plantNoise(unity);
  return plantAlerts(unity);
}

const create = (unity: Unity, plugin: string, name: string, host: string, config: Record<string, unknown> = {}) =>
  unity.instances.create({ plugin, name, host, config, intervalSeconds: 300, tags: host === "nas" ? ["home"] : [] });

/** Writes a course of the past days, one sample each quarter of an hour, and says that the instance is well. */
async function plant(
  unity: Unity,
  instance: Instance,
  courses: readonly (readonly [metric: string, labels: Labels, course: Course])[],
  { days = 8, stepHours = 0.25 }: { days?: number; stepHours?: number } = {},
): Promise<void> {
  const names = courses.map(([metric, labels]) => ({ metric, labels, key: seriesKey(metric, sortLabels(labels)) }));
  const ids = await unity.series.identify(instance.id, names, NOW);
  const [series, at, value]: number[][] = [[], [], []];
  for (let hoursAgo = days * 24; hoursAgo > 0; hoursAgo -= stepHours)
    for (const [index, [, , course]] of courses.entries()) {
      const one = course(hoursAgo);
      if (one === null) continue;
      series?.push(ids[index] ?? 0);
      at?.push(NOW - Math.round(hoursAgo * HOUR_MS));
      value?.push(one);
    }
  unity.store.write({ series: series ?? [], at: at ?? [], value: value ?? [] });
  record(unity, instance, { health: "healthy", lastRunAt: NOW - 60_000, lastSuccessAt: NOW - 60_000 });
}

function record(unity: Unity, { id }: Instance, status: Partial<Status>): void {
  const run = {
    instanceId: id,
    startedAt: NOW - 60_000,
    durationMs: 20,
    readings: 4,
    refused: 0,
    attempts: 1,
  } as const;
  const told = { reason: null, message: null, hint: null, ...status };
  const outcome = status.consecutiveErrors ? ("failed" as const) : ("ok" as const);
  unity.ledger.record(
    { ...run, outcome, reason: told.reason, message: told.message, hint: told.hint, remarks: [] },
    { ...unknownStatus(id, NOW), since: NOW - 5 * DAY_MS, ...status },
    undefined,
  );
}

/** A wave of a day, so that nothing is flat. */
const wave = (middle: number, height: number) => (hoursAgo: number) =>
  middle + height * Math.sin((hoursAgo / 24) * 2 * Math.PI);

async function plantMachines(unity: Unity): Promise<void> {
  const nas = await create(unity, "system-info", "nas", "nas");
  await plant(unity, nas, [
    // A peak of one quarter of an hour, 5 hours ago.
    ["system_cpu_usage_ratio", {}, (ago) => (ago === 5 ? 0.97 : wave(0.2, 0.05)(ago))],
    ["system_memory_used_ratio", {}, () => 0.55],
    ["system_boot_timestamp_seconds", {}, () => (NOW - 40 * DAY_MS) / 1_000],
  ]);
  const pi = await create(unity, "system-info", "pi", "pi");
  await plant(unity, pi, [
    ["system_cpu_usage_ratio", {}, wave(0.7, 0.1)],
    ["system_memory_used_ratio", {}, (ago) => 0.8 - ago / 500],
    ["system_boot_timestamp_seconds", {}, (ago) => (NOW - (ago > 3 ? 90 : 0.125) * DAY_MS) / 1_000],
  ]);
  const heat = await create(unity, "temperature", "nas temperature", "nas");
  // Since six hours it is warmer than in the days before.
  await plant(unity, heat, [["temperature_highest_celsius", {}, (ago) => (ago <= 24 ? 71 : 42) + Math.sin(ago)]]);
}

async function plantDisks(unity: Unity): Promise<void> {
  const disk = await create(unity, "disk", "nas disks", "nas");
  const of = (mount: string): Labels => ({ mount, device: `/dev/${mount.length}`, fstype: "ext4" });
  // 120 GiB are free, and 20 GiB go a day: full in six days.
  await plant(unity, disk, [
    ["disk_available_bytes", of("/srv"), (ago) => (120 + (20 * ago) / 24) * GIB],
    ["disk_size_bytes", of("/srv"), () => 1_000 * GIB],
    ["disk_available_bytes", of("/"), (ago) => (50 + (1 * ago) / 24) * GIB],
    ["disk_size_bytes", of("/"), () => 100 * GIB],
  ]);
  const small = await create(unity, "disk", "pi disks", "pi");
  await plant(unity, small, [
    ["disk_available_bytes", of("/boot"), () => 0.06 * GIB],
    ["disk_size_bytes", of("/boot"), () => 0.4 * GIB],
    ["disk_used_ratio", of("/boot"), () => 0.85],
  ]);
}

async function plantContainers(unity: Unity): Promise<void> {
  const docker = await create(unity, "docker", "nas docker", "nas");
  const restarts =
    (count: number): Course =>
    (ago) =>
      ago < 10 ? count : Math.max(0, count - 7);
  for (const [container, count] of [
    ["immich", 19],
    ["paperless", 3],
    ["caddy", 0],
  ] as const)
    await plant(unity, docker, [
      ["docker_container_running", { container, image: `${container}:1`, compose_project: "home" }, () => 1],
      ["docker_container_restart_count", { container }, container === "immich" ? restarts(count) : () => count],
      ["docker_container_cpu_seconds_total", { container }, () => 0.1],
    ]);
}

async function plantCertificates(unity: Unity): Promise<void> {
  const config = { targets: [{ host: "cloud.example.org" }] };
  const certificates = await create(unity, "certificate", "certificates", "nas", config);
  const until =
    (days: number): Course =>
    (ago) =>
      days * 86_400 + ago * 3_600;
  await plant(unity, certificates, [
    ["certificate_remaining_seconds", { target: "cloud.example.org" }, until(9)],
    ["certificate_remaining_seconds", { target: "git.example.org" }, until(61)],
  ]);
}

async function plantCare(unity: Unity): Promise<void> {
  const backup = await create(unity, "backup", "backups", "nas", { type: "directory", path: "/backup" });
  const of = (job: string) => ({ job, type: "directory" });
  await plant(unity, backup, [
    ["backup_last_success_age_seconds", of("photos"), (ago) => (4 * 24 - ago) * 3_600],
    ["backup_healthy", of("photos"), () => 0],
    ["backup_last_success_age_seconds", of("mail"), () => 5 * 3_600],
    ["backup_healthy", of("mail"), () => 1],
  ]);
  const ups = await create(unity, "ups", "ups", "nas");
  await plant(unity, ups, [
    ["ups_on_battery", { ups: "eaton" }, () => 0],
    ["ups_battery_charge_ratio", { ups: "eaton" }, () => 0.88],
    ["ups_battery_runtime_seconds", { ups: "eaton" }, () => 1_800],
  ]);
  const smart = await create(unity, "smart", "smart", "nas");
  for (const [device, pending] of [
    ["/dev/sda", 0],
    ["/dev/sdb", 12],
  ] as const)
    await plant(unity, smart, [
      ["smart_passed", { device, model: "WD Red" }, () => 1],
      ["smart_pending_sectors", { device, model: "WD Red" }, () => pending],
    ]);
}

async function plantFailing(unity: Unity): Promise<void> {
  const config = { url: "http://10.1.2.3:8384", apiKey: PLANTED };
  const failing = await create(unity, "syncthing", "Syncthing", "pi", config);
  record(unity, failing, {
    health: "failing",
    since: NOW - 7 * HOUR_MS,
    lastRunAt: NOW - 60_000,
    lastSuccessAt: NOW - 7 * HOUR_MS,
    reason: "auth",
    message: `Syncthing at http://10.1.2.3:8384 refused the key ${PLANTED}, see http://me:${PLANTED_IN_TEXT}@10.1.2.3/`,
    hint: "Copy the API key from Syncthing's settings.",
    consecutiveErrors: 84,
  });
  await unity.instances.create({ plugin: "process", name: "Old list", host: "pi", config: {}, enabled: false });
}

/** What a budget has to leave out. */
async function plantNoise(unity: Unity): Promise<void> {
  for (let index = 0; index < 40; index += 1) {
    const host = `node-${index}`;
    const machine = await create(unity, "system-info", `machine ${index}`, host);
    const disk = await create(unity, "disk", `disks ${index}`, host);
    const rare = { days: 3, stepHours: 1 };
    await plant(
      unity,
      machine,
      [
        ["system_cpu_usage_ratio", {}, wave(0.1, 0.02)],
        ["system_memory_used_ratio", {}, wave(0.4, 0.01)],
      ],
      rare,
    );
    const labels = { mount: "/", device: "/dev/vda1", fstype: "ext4" };
    await plant(
      unity,
      disk,
      [
        ["disk_available_bytes", labels, wave(60 * GIB, GIB)],
        ["disk_size_bytes", labels, () => 100 * GIB],
        ["disk_used_ratio", labels, wave(0.4, 0.01)],
      ],
      rare,
    );
  }
}

/** One fires since two hours and is acknowledged; one came and went. @returns the id of the first */
async function plantAlerts(unity: Unity): Promise<string> {
  const find = (name: string) => unity.instances.list().find((one) => one.name === name) as Instance;
  const disks = find("pi disks");
  const [full] = unity.series.ofInstance(disks.id).filter(({ metric }) => metric === "disk_used_ratio");
  const evaluate = (instance: Instance, hoursAgo: number, series: number[], values: number[]) =>
    unity.alerts.evaluate({
      ...{ instance, at: NOW - hoursAgo * HOUR_MS, series, values, failed: false, consecutiveErrors: 0 },
    });
  const heat = find("nas temperature");
  const part = { kind: "value", metric: "temperature_highest_celsius", is: "above", limit: 70 };
  await unity.alerts.book.create({
    ...{ name: "Too warm", severity: "warning", summary: "{{instance}} is {{value}} warm", parts: [part], note: "" },
    scope: { kind: "instance", instance: heat.id },
  });
  const warm = unity.series.ofInstance(heat.id).map(({ id }) => id);
  evaluate(heat, 20, warm, [72]);
  evaluate(heat, 19, warm, [60]);
  for (const hoursAgo of [2.5, 2.25, 2]) evaluate(disks, hoursAgo, [full?.id ?? 0], [0.85]);
  const [alert] = unity.alerts.open();
  if (!alert) throw new Error("Nothing fires.");
  await unity.alerts.acknowledge(alert.id, { by: "Anna", note: "known", until: "over" });
  return alert.id;
}
