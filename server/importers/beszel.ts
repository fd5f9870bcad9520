import { z } from "zod";
import { RuleDraft } from "../alerts/shapes/rule";
import type { ForeignRow as Row } from "../db/read-foreign-sqlite";
import { createDraft, type Mapped } from "./draft";

/** Beszel's systems as pings of their machines, its alerts as rules about them. */

const System = z.object({
  id: z.string(),
  name: z.string().trim().min(1).max(500),
  host: z.string().trim().max(500),
  status: z.string().default(""),
});
const Alert = z.object({
  system: z.string(),
  name: z.string(),
  value: z.coerce.number().catch(0),
  min: z.coerce.number().catch(0),
});

export const BESZEL_TABLES = ["systems", "alerts", "user_settings", "quiet_hours"];

/** What Beszel compares, as Unity measures it. Percent are shares here. */
const METRICS: Readonly<Record<string, { metric: string; words: string; times: number }>> = {
  CPU: { metric: "system_cpu_usage_ratio", words: "CPU", times: 0.01 },
  Memory: { metric: "system_memory_used_ratio", words: "Memory", times: 0.01 },
  Disk: { metric: "disk_used_ratio", words: "Disk", times: 0.01 },
  Temperature: { metric: "temperature_highest_celsius", words: "Temperature", times: 1 },
  GPU: { metric: "gpu_utilization_ratio", words: "GPU", times: 0.01 },
};
const LOADS: Readonly<Record<string, string>> = { LoadAvg1: "1m", LoadAvg5: "5m", LoadAvg15: "15m" };

export function mapBeszel(rows: (table: string) => readonly Row[]): Mapped {
  const draft = createDraft();
  const systems = rows("systems").map((row) => System.parse(row));
  for (const { name, host, status } of systems) {
    // A path is that of a socket on Beszel's own machine.
    const isSocket = host.startsWith("/");
    const config = { address: `ping://${host}` };
    const became = isSocket
      ? []
      : [
          draft.instance(
            { plugin: "web-service", name, host: name.slice(0, 191), config, enabled: status !== "paused" },
            "Web service",
          ),
        ];
    draft.line({
      ...{ what: "system", name, became },
      left: [
        ...(isSocket ? ["It is reached by a socket, so that there is nothing to ping."] : []),
        "What its agent measures: run Unity there, or a node exporter with the plugin Prometheus here.",
      ],
    });
  }
  const byId = new Map(systems.map((system) => [system.id, system]));
  const seen = new Set<string>();
  for (const alert of rows("alerts").map((row) => Alert.parse(row))) {
    const system = byId.get(alert.system);
    const key = JSON.stringify(alert);
    // Each of Beszel's people has alerts of his own.
    if (!system || seen.has(key)) continue;
    seen.add(key);
    const line = { what: "alert", name: `${alert.name} of ${system.name}` };
    if (alert.name === "Status") {
      draft.line({ ...line, became: ["The rule that every web service has: it is down"], left: [] });
      continue;
    }
    const rule = ruleOf(alert, system.name);
    draft.line({
      ...line,
      became: rule ? [draft.rule(rule)] : [],
      left: [
        rule
          ? "It looks at nothing until Unity measures that machine."
          : `Unity has no metric like ${alert.name} in one number.`,
      ],
    });
  }
  for (const { settings } of rows("user_settings"))
    for (const what of targetsOf(settings))
      draft.line({
        what: "notification",
        name: what,
        became: [],
        left: ["Make a channel of it under Alerts, Channels."],
      });
  for (const _ of rows("quiet_hours"))
    draft.line({
      what: "quiet hours",
      name: "",
      became: [],
      left: ["Make a silence or maintenance under Alerts, Silences."],
    });
  return draft.done();
}

function ruleOf({ name, value, min }: z.output<typeof Alert>, system: string) {
  const load = LOADS[name];
  const known =
    METRICS[name] ?? (load ? { metric: "system_load_average", words: `Load over ${load}`, times: 1 } : undefined);
  if (!known) return undefined;
  const seconds = Math.round(Math.max(0, min) * 60);
  return RuleDraft.parse({
    name: `${known.words} of ${system}`.slice(0, 100),
    scope: { kind: "host", host: system.slice(0, 191) },
    parts: [
      {
        ...{ kind: "value", metric: known.metric, is: "above", limit: Number((value * known.times).toPrecision(12)) },
        ...(load ? { where: [{ label: "window", value: load }] } : {}),
        // Beszel compares the average of so many minutes.
        ...(seconds > 60 ? { take: { kind: "avg", seconds } } : {}),
      },
    ],
    severity: "warning",
    summary: `${known.words} of {{host}} is {{value}}.`,
  });
}

/** Only what kind they are: the addresses hold secrets. */
function targetsOf(settings: unknown): string[] {
  const Settings = z.object({
    emails: z.array(z.string()).max(100).default([]),
    webhooks: z.array(z.string()).max(100).default([]),
  });
  try {
    const { emails, webhooks } = Settings.parse(typeof settings === "string" ? JSON.parse(settings) : settings);
    return [...emails.map((email) => `Email to ${email}`), ...webhooks.map((url) => `${url.split("://")[0]}:// …`)];
  } catch {
    return [];
  }
}
