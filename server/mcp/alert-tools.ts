import { z } from "zod";
import { shortAlert, shortEvent } from "./short";
import { defineTool, HOUR_MS, id, limit, type Tool, Window, windowOf } from "./tool";

/** What fires, what fired, and what is watched for. */
export const ALERT_TOOLS: readonly Tool[] = [
  defineTool({
    name: "list_alerts",
    title: "What fires",
    description:
      "Alerts that fire or are about to, the worst first, with their ids, value, limit, and who looks after them.",
    input: z.object({ limit: limit(200, 50) }),
    async run(caller, { limit: most }) {
      const open = await caller.alerts.open();
      return { total: open.length, alerts: open.slice(0, most).map(shortAlert) };
    },
  }),
  defineTool({
    name: "alert_history",
    title: "What fired before",
    description:
      "What became of alerts in a window of time: when each fired, was acknowledged and was over. Newest first.",
    input: z.object({ instance: id("an instance").optional(), ...Window, limit: limit(300, 100) }),
    about: ({ instance }) => instance,
    async run(caller, { instance, limit: most, ...window }, now) {
      const events = await caller.alerts.history({ instance, ...windowOf(window, now), limit: most });
      return events.map(shortEvent);
    },
  }),
  defineTool({
    name: "analyse_alert",
    title: "Why an alert is red",
    description:
      "One alert: its value against what is usual at this hour, where it is heading and when it crosses its limit, what else moved on the host at that time, and what to do. Worked out by rules from what was measured.",
    input: z.object({ alert: id("an alert, as list_alerts has it") }),
    about: ({ alert }) => alert,
    run: (caller, { alert }) => caller.assist.analysis({ id: alert }),
  }),
  defineTool({
    name: "list_rules",
    title: "What is watched for",
    description: "Alert rules, plugins' own and people's: conditions, severity, and how many instances each looks at.",
    input: z.object({ limit: limit(500, 100) }),
    async run(caller, { limit: most }) {
      const all = await caller.alerts.rule.all();
      return { total: all.length, rules: all.slice(0, most) };
    },
  }),
  defineTool({
    name: "list_silences",
    title: "What is kept quiet",
    description: "Silences and maintenance windows: what is open, planned, or over.",
    input: z.object({ limit: limit(200, 50) }),
    async run(caller, { limit: most }) {
      const all = await caller.silences.list();
      return { total: all.length, silences: all.slice(0, most) };
    },
  }),
];

/** Those that change something. */
export const DEED_TOOLS: readonly Tool[] = [
  defineTool({
    name: "acknowledge_alert",
    title: "Acknowledge an alert",
    description:
      "Nobody is told of it again until it is over, its value changes, or it gets worse. Ask the person first.",
    input: z.object({
      alert: id("an alert that fires"),
      note: z.string().max(2_000).default("").describe("Why, for the people who look at it later."),
      until: z.enum(["over", "changed", "worse"]).default("over"),
    }),
    acts: true,
    about: ({ alert }) => alert,
    run: async (caller, { alert, ...ack }) => shortAlert(await caller.alerts.acknowledge({ id: alert, ...ack })),
  }),
  defineTool({
    name: "silence_instance",
    title: "Keep an instance quiet for a while",
    description: "Nobody is told of an instance's alerts for some hours. Ask the person first.",
    input: z.object({
      instance: id("an instance"),
      hours: z.number().min(0.25).max(168),
      note: z.string().max(2_000).default(""),
    }),
    acts: true,
    about: ({ instance }) => instance,
    async run(caller, { instance, hours, note }, now) {
      const { name } = await caller.plugins.instance({ id: instance });
      return caller.silences.create({
        kind: "silence",
        name: `${name}, by an assistant`.slice(0, 191),
        matchers: [{ of: "instance", op: "is", value: instance }],
        when: { kind: "once", from: now, to: now + Math.round(hours * HOUR_MS) },
        note,
      });
    },
  }),
];
