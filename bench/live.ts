import { parseArgs } from "node:util";
import { formatText } from "../components/format";
import { startUnity } from "../e2e/built-unity";
import { type Api, connectClient } from "./load/client";
import { addEndpoints } from "./load/endpoints";
import { openViewers, type Received } from "./load/viewers";
import { openWebTarget } from "./load/web-target";
import { type Appeared, watchPage } from "./measure/page-watch";
import { pause } from "./measure/pause";
import { percentile } from "./measure/percentile";
import { cpuPercent, readUsage } from "./measure/process-usage";
import type { Measured } from "./result";

const INSTANCES = 50;
/** Of these the page's text is looked for, too. */
const DRAWN = 10;
const INTERVAL_SECONDS = 5;
/** Whatever is on its way when the time is up still arrives. */
const LAST_MS = 3_000;
const TARGETS = { viewer_p95_ms: 1_000, viewer_missed: 0, screen_p95_ms: 1_000, screen_missed: 0 };

/** Unity had the target's whole answer at this moment, and not before. */
interface Reading {
  readonly instanceId: string;
  readonly series: number;
  readonly collectedAt: number;
  readonly drawn: boolean;
}

/** How long a reading takes from being collected to every viewer, and onto the screen of a browser. */
export async function run(args: readonly string[] = []): Promise<Measured> {
  const options = { viewers: { type: "string", default: "20" }, seconds: { type: "string", default: "30" } } as const;
  const { values } = parseArgs({ args: [...args], options });
  const unity = await startUnity();
  const target = await openWebTarget(delayOf);
  const { api, close } = connectClient(unity);
  try {
    const setUp = { url: target.url, count: INSTANCES, intervalSeconds: INTERVAL_SECONDS };
    const instances = await addEndpoints(api, setUp);
    const series = await Promise.all(instances.map(({ id }) => durationSeries(api, id)));
    const page = await watchPage(unity);
    const viewers = await openViewers(unity, Number(values.viewers));
    await pause(LAST_MS);

    const first = target.answered.length;
    const before = readUsage(unity.pid());
    await pause(Number(values.seconds) * 1_000);
    const after = readUsage(unity.pid());
    const answered = target.answered.slice(first);
    await pause(LAST_MS);

    const readings = answered.map(({ path, at }): Reading => {
      const index = instances.findIndex((instance) => instance.path === path);
      const own = { instanceId: instances[index]?.id ?? "", series: series[index] ?? Number.NaN };
      return { ...own, collectedAt: at, drawn: index < DRAWN };
    });
    const viewed = viewers.received.flatMap((received) => readings.map((reading) => untilReceived(reading, received)));
    const appeared = await page.appeared();
    const drawn = readings
      .filter((reading) => reading.drawn)
      .map((reading) => untilDrawn(reading, viewers.received[0] ?? [], appeared));
    viewers.close();
    await page.close();
    const figures = {
      viewers: viewers.received.length,
      readings: readings.length,
      ...latencies("viewer", viewed),
      screen_readings: drawn.length,
      ...latencies("screen", drawn),
      cpu_percent: cpuPercent(before, after),
    };
    return { figures, targets: TARGETS, notes: NOTES };
  } finally {
    close();
    await unity.dispose();
    await target.close();
  }
}

const NOTES = [
  `${INSTANCES} web services on this machine, collected every ${INTERVAL_SECONDS} s. A reading counts from the moment when its service had answered.`,
  "viewer: until the message with it was parsed by the typed tRPC client, over a WebSocket for each viewer, in one Node process.",
  `screen: until a real Chromium had drawn the new response time on the overview, for ${DRAWN} of the services; the text must be the reading's.`,
];

/** Each answer of the drawn ones takes another time than its last and all others: the text on the page says which reading it is. */
function delayOf(path: string, nth: number): number {
  const index = Number(path.replace(/\D+/g, ""));
  return index < DRAWN ? 120 + index * 75 + (nth % 6) * 10 : 0;
}

async function durationSeries(api: Api, instance: string): Promise<number> {
  const [one] = await api.metrics.latest.query({ instance, metrics: ["endpoint_duration_seconds"] });
  if (!one) throw new Error("A web service was collected and has no response time.");
  return one.series;
}

/** The viewer's first message with this reading: stamped with a tick from before the answer, and received after it. */
function findMessage({ instanceId, collectedAt }: Reading, received: readonly Received[]): Received | undefined {
  return received.find(
    ({ message, at }) =>
      at >= collectedAt &&
      at < collectedAt + INTERVAL_SECONDS * 1_000 &&
      message.statuses.some((status) => status.instanceId === instanceId && (status.lastRunAt ?? 0) <= collectedAt),
  );
}

function untilReceived(reading: Reading, received: readonly Received[]): number | undefined {
  const found = findMessage(reading, received);
  return found && found.at - reading.collectedAt;
}

/** The value comes from a viewer's message; the page formats it by the same rule. */
function untilDrawn(reading: Reading, received: readonly Received[], appeared: readonly Appeared[]) {
  const message = findMessage(reading, received)?.message;
  const value = message?.values[message.series.indexOf(reading.series)];
  if (value === undefined) return undefined;
  const text = formatText(value, "seconds");
  const found = appeared.find((one) => one.text === text && one.at >= reading.collectedAt);
  return found && found.at < reading.collectedAt + INTERVAL_SECONDS * 1_000
    ? found.at - reading.collectedAt
    : undefined;
}

function latencies(name: string, all: readonly (number | undefined)[]) {
  const arrived = all.filter((latency) => latency !== undefined);
  return {
    [`${name}_p50_ms`]: percentile(arrived, 0.5),
    [`${name}_p95_ms`]: percentile(arrived, 0.95),
    [`${name}_max_ms`]: percentile(arrived, 1),
    [`${name}_missed`]: all.length - arrived.length,
  };
}
