import { type IntervalHistogram, monitorEventLoopDelay, performance } from "node:perf_hooks";
import { version } from "../../package.json";
import type { Labels } from "../../plugins/sdk/plugin";
import { SEVERITIES } from "../alerts/shapes/rule";
import { DURATION_BOUNDS, type RunTotals } from "../collect/run-tally";
import type { SightParts } from "../sight/sight";
import type { Unity } from "../unity";
import { type ExpositionFormat, type Family, familyHeader, labelText, sampleLine } from "./exposition";

interface Sample {
  readonly suffix?: string;
  readonly labels?: Labels;
  readonly value: number;
}
export interface Health extends Family {
  readonly samples: readonly Sample[];
}

/** What Unity says of itself to those who see only some instances, too: of these. */
export function describeSeenHealth({ instances, ledger, alerts, cluster }: SightParts): readonly Health[] {
  const held = instances.list().filter(({ id }) => cluster.holds(id));
  const counts = { unknown: 0, healthy: 0, degraded: 0, failing: 0, paused: 0 };
  for (const { id, enabled } of held) counts[enabled ? ledger.status(id).health : "paused"] += 1;
  const open = alerts.open();
  const bySeverity = (phase: string) =>
    SEVERITIES.map((severity) => ({
      labels: { severity },
      value: open.filter((alert) => alert.severity === severity && alert.standing.phase === phase).length,
    }));
  return [
    {
      ...gauge("unity_instances", "Instances that this process collects, by how they are doing."),
      samples: Object.entries(counts).map(([state, value]) => ({ labels: { state }, value })),
    },
    { ...gauge("unity_alerts_firing", "Alerts that fire, by severity."), samples: bySeverity("firing") },
    {
      ...gauge("unity_alerts_pending", "Alerts that wait for their time, by severity."),
      samples: bySeverity("pending"),
    },
  ];
}

type Parts = Pick<Unity, "tally" | "scheduler" | "series" | "store" | "notifier" | "bus">;

/** How the process does. Costs nothing that grows with what is watched. */
export function describeOwnHealth(parts: Parts): readonly Health[] {
  const { scheduler, series, notifier, bus } = parts;
  return [
    {
      ...gauge("unity_build_info", "Which Unity it is.", "info"),
      samples: [{ labels: { version, node: process.versions.node }, value: 1 }],
    },
    ...describeProcess(),
    ...describeLoop(),
    ...describeRuns(parts.tally.totals()),
    one("unity_runs_in_progress", "Runs that are open.", scheduler.running()),
    one("unity_scheduler_late_seconds", "How late the most delayed run is.", scheduler.lateness() / 1_000),
    one("unity_series", "Series that are known.", series.count()),
    ...describeStore(parts),
    one("unity_notifications_waiting", "Messages that wait or are being sent.", notifier.waiting()),
    one("unity_live_viewers", "Pages and programs that follow live.", bus.viewers()),
  ];
}

function describeProcess(): Health[] {
  const { rss, heapUsed, heapTotal, external } = process.memoryUsage();
  const { user, system } = process.cpuUsage();
  return [
    one("process_start_time_seconds", "When the process started, since 1970.", performance.timeOrigin / 1_000),
    total("process_cpu_seconds_total", "Processor time, of user and system.", (user + system) / 1e6),
    one("process_resident_memory_bytes", "Memory that the process holds.", rss),
    one("unity_heap_used_bytes", "JavaScript's memory in use.", heapUsed),
    one("unity_heap_size_bytes", "JavaScript's memory.", heapTotal),
    one("unity_external_memory_bytes", "Buffers outside of JavaScript's memory.", external),
  ];
}

/** How often the delay is looked at; what a look takes in any case. Milliseconds. */
const LOOK_MS = 20;
let delays: IntervalHistogram | undefined;

/** Looked at from the first question on: who is never asked pays nothing. The first answer knows no delay yet. */
function describeLoop(): Health[] {
  const { active, idle } = performance.eventLoopUtilization();
  const times = [
    total("unity_event_loop_active_seconds_total", "Time that the event loop worked.", active / 1_000),
    total("unity_event_loop_idle_seconds_total", "Time that the event loop waited for work.", idle / 1_000),
  ];
  if (!delays) {
    delays = monitorEventLoopDelay({ resolution: LOOK_MS });
    delays.enable();
  }
  if (delays.count === 0) return times;
  const seconds = (nanoseconds: number) => Math.max(0, nanoseconds / 1e6 - LOOK_MS) / 1_000;
  const { mean, max } = delays;
  const p99 = delays.percentile(99);
  delays.reset();
  return [
    ...times,
    one(
      "unity_event_loop_delay_mean_seconds",
      "How late the event loop was on average, since it was asked last.",
      seconds(mean),
    ),
    one(
      "unity_event_loop_delay_p99_seconds",
      "How late it was in the worst hundredth, since it was asked last.",
      seconds(p99),
    ),
    one("unity_event_loop_delay_max_seconds", "How late it was at most, since it was asked last.", seconds(max)),
  ];
}

function describeRuns({ runs, durations, samples, refused }: RunTotals): Health[] {
  const { atMost, count, sumSeconds } = durations;
  const buckets = DURATION_BOUNDS.map((bound, index) => ({
    suffix: "_bucket",
    // OpenMetrics wants a point in it.
    labels: { le: Number.isInteger(bound) ? `${bound}.0` : String(bound) },
    value: atMost[index] ?? 0,
  }));
  return [
    {
      name: "unity_runs_total",
      type: "counter",
      help: "Runs since the start, by plugin and outcome.",
      samples: runs.map(({ plugin, outcome, count: value }) => ({ labels: { plugin, outcome }, value })),
    },
    {
      name: "unity_run_duration_seconds",
      type: "histogram",
      help: "How long runs took.",
      samples: [
        ...buckets,
        { suffix: "_bucket", labels: { le: "+Inf" }, value: count },
        { suffix: "_sum", value: sumSeconds },
        { suffix: "_count", value: count },
      ],
    },
    total("unity_samples_total", "Samples handed to the store.", samples),
    total("unity_readings_refused_total", "Readings that were no good, or found no series.", refused),
  ];
}

function describeStore({ store }: Parts): Health[] {
  const health = store.health?.();
  if (!health) return [];
  return [
    one("unity_samples_pending", "Samples that are not durable yet.", health.pending),
    one("unity_samples_spooled", "Of those, the ones in a file of this process.", health.spooled),
    one("unity_store_failing", "1 while the database takes no samples.", health.failing ? 1 : 0),
  ];
}

const gauge = (name: string, help: string, type: Family["type"] = "gauge") => ({ name, help, type });
const one = (name: string, help: string, value: number): Health => ({ ...gauge(name, help), samples: [{ value }] });
const total = (name: string, help: string, value: number): Health => ({
  name,
  help,
  type: "counter",
  samples: [{ value }],
});

/** @returns the lines of families */
export const healthText = (families: readonly Health[], format: ExpositionFormat): string =>
  families
    .filter(({ samples }) => samples.length > 0)
    .map(
      (family) =>
        familyHeader(family, format) +
        family.samples
          .map(({ suffix = "", labels = {}, value }) => sampleLine(family.name + suffix, ownLabels(labels), value))
          .join(""),
    )
    .join("");

/** Ours are valid, and `le` is what it is called. */
const ownLabels = ({ le, ...labels }: Labels) => (le === undefined ? labelText(labels) : `le="${le}"`);
