import type { KnownSeries } from "../list-series";
import { tidy } from "../measure-course";
import { compare } from "../relevance";
import type { SectionName } from "../shapes/bundle";
import { isoOf, type Line, type Section, writeLine } from "./line";
import type { Windows } from "./read-windows";

/** What is told of a kind of thing in one line each. The one place here that knows plugins and their metrics by name. */
interface Topic {
  readonly name: SectionName;
  readonly plugin: string;
  /** What tells its things apart; the first must be there. */
  readonly by: readonly string[];
  /** Fields in their order: the last value of a metric, or how much it grew in the window. */
  readonly fields: Readonly<Record<string, string | { readonly grew: string } | { readonly highest: string }>>;
  /** The larger, the more it is worth telling. */
  readonly worth: (field: (name: string) => number | undefined) => number;
}

const YES = 1e9;
const TOPICS: readonly Topic[] = [
  {
    name: "backup",
    plugin: "backup",
    by: ["job", "type"],
    fields: {
      age_seconds: "backup_last_success_age_seconds",
      last_success: "backup_last_success_timestamp_seconds",
      never_succeeded: "backup_never_succeeded",
      healthy: "backup_healthy",
      last_run_ok: "backup_last_run_ok",
      kept: "backup_snapshots",
      size_bytes: "backup_last_size_bytes",
    },
    worth: (of) => (of("healthy") === 0 ? YES : 0) + (of("age_seconds") ?? 0),
  },
  {
    name: "ups",
    plugin: "ups",
    by: ["ups"],
    fields: {
      on_battery: "ups_on_battery",
      charge_ratio: "ups_battery_charge_ratio",
      runtime_seconds: "ups_battery_runtime_seconds",
      load_ratio: "ups_load_ratio",
      replace_battery: "ups_replace_battery",
    },
    worth: (of) => (of("on_battery") ? YES : 0) + (of("replace_battery") ? 10 : 0) + (1 - (of("charge_ratio") ?? 1)),
  },
  {
    name: "smart",
    plugin: "smart",
    by: ["device", "model"],
    fields: {
      passed: "smart_passed",
      celsius: "smart_temperature_celsius",
      highest_celsius: { highest: "smart_temperature_celsius" },
      reallocated_sectors: "smart_reallocated_sectors",
      pending_sectors: "smart_pending_sectors",
      power_on_seconds: "smart_power_on_seconds",
      endurance_used_ratio: "smart_endurance_used_ratio",
    },
    worth: (of) =>
      (of("passed") === 0 ? YES : 0) + (of("pending_sectors") ?? 0) * 1_000 + (of("reallocated_sectors") ?? 0) * 10,
  },
  {
    name: "container",
    plugin: "docker",
    by: ["container"],
    fields: {
      running: "docker_container_running",
      restarts_in_window: { grew: "docker_container_restart_count" },
      restarts: "docker_container_restart_count",
      down: "docker_container_down",
      healthy: "docker_container_healthy",
      exit_code: "docker_container_exit_code",
      oom_killed: "docker_container_oom_killed",
      cpus: "docker_container_cpu_seconds_total",
      memory_bytes: "docker_container_memory_working_set_bytes",
    },
    worth: (of) =>
      (of("restarts_in_window") ?? 0) * 1_000 +
      (of("down") ? 500 : 0) +
      (of("healthy") === 0 ? 400 : 0) +
      (of("cpus") ?? 0),
  },
];

/** Metrics whose windows are needed. */
export const TOPIC_METRICS: ReadonlySet<string> = new Set(
  TOPICS.flatMap(({ fields }) => Object.values(fields).map(metricOf)),
);

function metricOf(field: Topic["fields"][string]): string {
  if (typeof field === "string") return field;
  return "grew" in field ? field.grew : field.highest;
}

export const topicSections = (known: readonly KnownSeries[], windows: Windows): Section[] =>
  TOPICS.map((topic) => ({ name: topic.name, lines: linesOf(topic, known, windows) }));

function linesOf(topic: Topic, known: readonly KnownSeries[], windows: Windows): Line[] {
  const things = new Map<string, KnownSeries[]>();
  for (const one of known) {
    if (one.plugin.id !== topic.plugin || one.series.labels[topic.by[0] ?? ""] === undefined) continue;
    const key = [one.instance.host, one.instance.name, ...topic.by.map((name) => one.series.labels[name] ?? "")].join(
      "\n",
    );
    const members = things.get(key);
    if (members) members.push(one);
    else things.set(key, [one]);
  }
  return [...things]
    .flatMap(([key, members]) => {
      const [first] = members;
      const values = readFields(topic, members, windows);
      // A container or disk that is gone has left its series behind.
      if (!first || values.size === 0) return [];
      const labels = topic.by.map((name) => [name, first.series.labels[name]]);
      const fields = [...values].map(([name, value]) => [name, told(name, value, topic)]);
      const { instance } = first;
      const line = writeLine(instance, {
        kind: topic.name,
        ...Object.fromEntries(labels),
        instance: instance.name,
        host: instance.host,
        ...Object.fromEntries(fields),
      });
      return [{ key, line, worth: topic.worth((name) => values.get(name)) }];
    })
    .toSorted((a, b) => b.worth - a.worth || compare(a.key, b.key))
    .map(({ line }) => line);
}

function readFields({ fields }: Topic, members: readonly KnownSeries[], { window, lastOf }: Windows) {
  const values = new Map<string, number>();
  for (const [name, field] of Object.entries(fields)) {
    const metric = metricOf(field);
    // Of several, as one that was made anew with another image has, the one that is measured now.
    for (const member of members.filter(({ series }) => series.metric === metric)) {
      const inside = window.get(member.series.id);
      const value =
        typeof field === "string" ? lastOf(member) : inside && ("grew" in field ? inside.max - inside.min : inside.max);
      if (value !== undefined) values.set(name, value);
    }
  }
  return values;
}

function told(name: string, value: number, { fields }: Topic): unknown {
  const field = fields[name];
  if (typeof field === "string" && field.endsWith("_timestamp_seconds")) return isoOf(value * 1_000);
  return tidy(value);
}
