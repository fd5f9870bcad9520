import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";
import { definePlugin } from "../../plugins/sdk";
import { systemClock } from "../clock";
import { createLog } from "../log";
import { openEmbeddedStores } from "../open-stores";
import { createUnity, type Unity } from "../unity";
import { testSecrets } from "../vault/test-vault";
import { createDoors } from "./doors/doors";
import { afterThisTest, serveHttp } from "./doors/test-servers";

const TARGETS = 100;
const HUNG = 3;
const INTERVAL_SECONDS = 2;
const WATCHED_MS = 5_000;
/** A hung run is still open when its next is due. */
const TIMEOUT_MS = 3_500;
/** The promise: nobody is later than this because of somebody else. */
const LATE_MS = 1_000;
const STALL_WATCH_MS = 25;

/** Says how late each of its runs began: by its own clock, against the tick it is to be stamped with. */
function createProbe() {
  const starts: { url: string; lateMs: number }[] = [];
  const plugin = definePlugin({
    id: "probe",
    name: "Probe",
    summary: "Asks an address.",
    category: "network",
    tier: 0,
    kind: "network",
    intervalSeconds: INTERVAL_SECONDS,
    minIntervalSeconds: 1,
    timeoutMs: TIMEOUT_MS,
    config: z.object({ url: z.string() }),
    metrics: { probe_status: { kind: "gauge", unit: "count", description: "Status code of the answer." } },
    alerts: [],
    board: [],
    async collect({ config, fetch, now }, report) {
      starts.push({ url: config.url, lateMs: Date.now() - now });
      report("probe_status", (await fetch(config.url)).status);
    },
  });
  return { plugin, starts };
}

async function openUnity(plugin: ReturnType<typeof createProbe>["plugin"]): Promise<Unity> {
  const folder = await mkdtemp(join(tmpdir(), "unity-hung-"));
  const databaseFile = join(folder, "unity.db");
  const { connection, store, close } = await openEmbeddedStores(databaseFile);
  const unity = await createUnity({
    secrets: testSecrets,
    connection,
    store,
    registry: {
      get: (id) => (id === plugin.id ? plugin : undefined),
      all: () => [plugin],
      broken: [],
      iconPath: () => "",
    },
    openDoors: createDoors,
    clock: systemClock,
    log: createLog("fatal"),
    localHost: "here",
    database: databaseFile,
  });
  afterThisTest(async () => {
    await unity.stop(0);
    await close();
    await rm(folder, { recursive: true, force: true });
  });
  return unity;
}

/** How long this process got no processor at all: a busy machine's doing, and not the scheduler's. */
function watchStalls() {
  let last = Date.now();
  let stalledMs = 0;
  const timer = setInterval(() => {
    const lag = Date.now() - last - STALL_WATCH_MS;
    if (lag > STALL_WATCH_MS) stalledMs += lag;
    last = Date.now();
  }, STALL_WATCH_MS);
  return {
    end() {
      clearInterval(timer);
      return stalledMs;
    },
  };
}

test(`${HUNG} of ${TARGETS} targets accept and never answer: nobody else is a second late`, async () => {
  const origin = await serveHttp((request, response) => {
    if (!request.url?.startsWith("/hung")) response.end("well");
  });
  const { plugin, starts } = createProbe();
  const unity = await openUnity(plugin);
  for (let index = 0; index < TARGETS; index++) {
    const path = `${index < HUNG ? "hung" : "well"}-${index}`;
    await unity.instances.create({ plugin: plugin.id, name: path, config: { url: `${origin}/${path}` } });
  }
  const from = starts.length;
  const stalls = watchStalls();
  await new Promise((resolve) => setTimeout(resolve, WATCHED_MS));
  const stalledMs = stalls.end();

  const watched = starts.slice(from);
  const due = Math.floor((WATCHED_MS - stalledMs) / 1_000 / INTERVAL_SECONDS);
  const [hung, well] = [unity.instances.list().slice(0, HUNG), unity.instances.list().slice(HUNG)];
  for (const instance of well) {
    const own = watched.filter(({ url }) => url === instance.config.url);
    expect(own.length).toBeGreaterThanOrEqual(due);
    expect(Math.max(...own.map(({ lateMs }) => lateMs))).toBeLessThan(LATE_MS + stalledMs);
    expect(unity.ledger.status(instance.id).health).toBe("healthy");
  }
  // And of the hung ones it is said what is wrong.
  for (const { id, name } of hung)
    expect(unity.ledger.status(id)).toMatchObject({
      reason: "timeout",
      message: `Probe "${name}" did not answer in 3.5 s.`,
    });
  expect(unity.scheduler.lateness()).toBeLessThan(LATE_MS + stalledMs);
}, 60_000);
