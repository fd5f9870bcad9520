import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { definePlugin, type Plugin } from "../../plugins/sdk";
import { Message } from "../../server/alerts/shapes/message";
import { systemClock } from "../../server/clock";
import { createDoors } from "../../server/collect/doors/doors";
import { createLog } from "../../server/log";
import { openEmbeddedStores } from "../../server/open-stores";
import { createUnity, type Unity } from "../../server/unity";
import { testSecrets } from "../../server/vault/test-vault";
import { pause, until } from "../measure/pause";

/** Collected beside it: 100 instances of 100 series, each looked at by one rule. */
const LOAD_INSTANCES = 100;
const METRICS = 10;
const ITEMS = 10;
const LOAD_SECONDS = 10;
/** Of each way that is measured: one alert an instance. */
const TIMES = 60;
const TELLS_WITHIN_MS = 30_000;
/** What is critical waits for so long where nobody sets it: not a delay, but a wish. */
const WAIT_SECONDS = 5;

const metricNames = Array.from({ length: METRICS }, (_, index) => `load_${index}`);
const load: Plugin = definePlugin({
  id: "load",
  name: "Load",
  summary: "A hundred series from arithmetic.",
  category: "system",
  tier: 0,
  kind: "host",
  intervalSeconds: LOAD_SECONDS,
  config: z.object({}),
  metrics: Object.fromEntries(
    metricNames.map(
      (name) => [name, { kind: "gauge", unit: "count", description: "A wave.", labels: ["item"] }] as const,
    ),
  ),
  alerts: [],
  board: [],
  async collect({ now }, report) {
    for (const [index, name] of metricNames.entries())
      for (let item = 0; item < ITEMS; item++)
        report(name, Math.round(Math.sin(now / 60_000 + index * ITEMS + item) * 50) + 30, { item: `${item}` });
  },
});

/** From the moment that a plugin reports a sample to the moment that a webhook's service has the message about it. In milliseconds. */
export async function measureTelling(): Promise<{ readonly prompt: number[]; readonly afterWait: number[] }> {
  const folder = await mkdtemp(join(tmpdir(), "unity-bench-"));
  const { connection, store, close } = await openEmbeddedStores(join(folder, "unity.db"));
  const service = await openService();
  const reported = new Map<string, number>();
  const high = new Set<string>();
  const probe: Plugin = definePlugin({
    id: "probe",
    name: "Probe",
    summary: "A value that is high when it is told to be.",
    category: "system",
    tier: 0,
    kind: "host",
    intervalSeconds: 3_600,
    config: z.object({ name: z.string() }),
    metrics: { probe_value: { kind: "gauge", unit: "count", description: "High or not.", labels: [] } },
    alerts: [],
    board: [],
    async collect({ config: { name } }, report) {
      if (high.has(name) && !reported.has(name)) reported.set(name, performance.now());
      report("probe_value", high.has(name) ? 95 : 5, {});
    },
  });
  const plugins = [load, probe];
  const unity = await createUnity({
    secrets: testSecrets,
    connection,
    store,
    registry: { get: (id) => plugins.find((one) => one.id === id), all: () => plugins, broken: [], iconPath: () => "" },
    openDoors: createDoors,
    clock: systemClock,
    log: createLog("error"),
    localHost: "bench",
    database: join(folder, "unity.db"),
  });
  try {
    const probes = await prepare(unity, `${service.url}/hook`);
    await until("every probe has run", TELLS_WITHIN_MS, () =>
      probes.every(({ id }) => unity.ledger.status(id).lastSuccessAt !== null),
    );
    const raise = async (some: typeof probes, ms: (index: number) => number, each: (name: string) => Promise<void>) => {
      for (const [index, { id, name }] of some.entries()) {
        // Not in step with what Unity does each second.
        await pause(ms(index));
        high.add(name);
        unity.scheduler.runNow(id);
        await each(name);
      }
    };
    const arrived = (name: string) => until(`${name} was told`, TELLS_WITHIN_MS, () => service.received.has(name));
    const tookMs = ({ name }: { name: string }) =>
      (service.received.get(name) ?? Number.NaN) - (reported.get(name) ?? 0);
    const [first, second] = [probes.slice(0, TIMES), probes.slice(TIMES)];
    await setRoute(unity, 0);
    await raise(first, (index) => (index * 137) % 400, arrived);
    await setRoute(unity, WAIT_SECONDS);
    await raise(
      second,
      (index) => (index * 137) % 400,
      async () => undefined,
    );
    for (const { name } of second) await arrived(name);
    return { prompt: first.map(tookMs), afterWait: second.map((one) => tookMs(one) - WAIT_SECONDS * 1_000) };
  } finally {
    await unity.stop(1_000);
    await close();
    await service.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** @returns the instances whose value can be raised */
async function prepare(unity: Unity, url: string): Promise<{ id: string; name: string }[]> {
  await unity.channels.book.create({ kind: "webhook", name: "Receiver", enabled: true, config: { url } });
  await unity.notifier.book.setSettings({ perMinute: 600 });
  for (const metric of [...metricNames, "probe_value"]) {
    const part = { kind: "value", metric, is: "above", limit: 90 };
    const severity = metric === "probe_value" ? "critical" : "info";
    await unity.alerts.book.create({ name: metric, scope: { kind: "all" }, parts: [part], severity, summary: "x" });
  }
  for (let index = 0; index < LOAD_INSTANCES; index++)
    await unity.instances.create({ plugin: load.id, name: `load ${index}`, config: {} });
  const probes: { id: string; name: string }[] = [];
  for (let index = 0; index < 2 * TIMES; index++) {
    const name = `probe ${index}`;
    probes.push({ id: (await unity.instances.create({ plugin: "probe", name, config: { name } })).id, name });
  }
  unity.start();
  return probes;
}

/** Each alert is a message of its own, and nothing holds it back but the wait. */
const setRoute = (unity: Unity, waitSeconds: number) =>
  unity.notifier.book.setRoutes([
    {
      ...{ id: "all", name: "All", timeZone: "UTC", channels: "all", group: "none", resolved: false },
      ...{ match: { severity: "critical" }, waitSeconds, criticalWaitSeconds: waitSeconds },
    },
  ]);

/** Notes when it has heard of which instance for the first time. */
async function openService() {
  const received = new Map<string, number>();
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part);
    const at = performance.now();
    response.end("ok");
    for (const { instance } of Message.parse(JSON.parse(Buffer.concat(parts).toString())).alerts)
      if (!received.has(instance)) received.set(instance, at);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    close: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
