import { z } from "zod";
import { shortAlert, shortInstance, shortMetric } from "./short";
import { defineTool, id, limit, type Tool } from "./tool";

/** What is watched, and how it does. */
export const STATE_TOOLS: readonly Tool[] = [
  defineTool({
    name: "status",
    title: "How everything does",
    description:
      "Where to begin: how many instances are healthy, degraded, failing or paused, what fires now, and which instances fail and why.",
    input: z.object({}),
    async run(caller) {
      const [instances, alerts] = await Promise.all([caller.plugins.instances(), caller.alerts.open()]);
      const count = (health: string) =>
        instances.filter(({ enabled, status }) => enabled && status.health === health).length;
      return {
        instances: {
          healthy: count("healthy"),
          degraded: count("degraded"),
          failing: count("failing"),
          unknown: count("unknown"),
          paused: instances.filter(({ enabled }) => !enabled).length,
        },
        firing: alerts
          .filter(({ phase }) => phase === "firing")
          .slice(0, 50)
          .map(shortAlert),
        pending: alerts.filter(({ phase }) => phase === "pending").length,
        wrong: instances
          .filter(({ enabled, status }) => enabled && (status.health === "failing" || status.health === "degraded"))
          .slice(0, 50)
          .map(shortInstance),
      };
    },
  }),
  defineTool({
    name: "list_instances",
    title: "What is watched",
    description: "Every watched thing with its id, plugin, host, state and why it fails. Other tools want these ids.",
    input: z.object({
      plugin: z.string().max(64).optional().describe("Id of a plugin, as list_plugins has it."),
      host: z.string().max(191).optional().describe("Only those of this machine."),
      state: z.enum(["healthy", "degraded", "failing", "unknown", "paused"]).optional(),
      limit: limit(500, 100),
    }),
    async run(caller, { plugin, host, state, limit: most }) {
      const all = (await caller.plugins.instances())
        .map(shortInstance)
        .filter((one) => (plugin === undefined || one.plugin === plugin) && (host === undefined || one.host === host))
        .filter((one) => state === undefined || one.state === state);
      return { total: all.length, instances: all.slice(0, most) };
    },
  }),
  defineTool({
    name: "get_instance",
    title: "One watched thing",
    description:
      "One instance: state, last runs, what it is made of (inventory), and its metrics with their newest values.",
    input: z.object({ instance: id("an instance, as list_instances has it"), metrics: limit(300, 60) }),
    about: ({ instance }) => instance,
    async run(caller, { instance, metrics }) {
      const [detail, runs, inventory, latest] = await Promise.all([
        caller.plugins.instance({ id: instance }),
        caller.plugins.runs({ id: instance, limit: 5 }),
        caller.plugins.inventory({ id: instance }),
        caller.assist.documents({ instance, limit: metrics }),
      ]);
      return {
        ...shortInstance(detail),
        target: detail.target,
        interval_seconds: detail.intervalSeconds,
        runs,
        inventory: inventory && { at: inventory.at, facts: inventory.facts },
        metrics_total: latest.total,
        metrics: latest.documents.map(shortMetric),
      };
    },
  }),
  defineTool({
    name: "list_plugins",
    title: "What can be watched",
    description: "Plugins with what they read, and how many instances of each there are.",
    input: z.object({ used: z.boolean().default(false).describe("Only those that have an instance.") }),
    async run(caller, { used }) {
      const all = await caller.plugins.catalogue();
      return all
        .filter(({ instances }) => !used || instances > 0)
        .map(({ id: plugin, name, summary, category, instances, states }) => ({
          plugin,
          name,
          summary,
          category,
          instances,
          states,
        }));
    },
  }),
];
