import { z } from "zod";
import type { Plugin } from "../../plugins/sdk/plugin";
import { type DefaultRule, defaultRules } from "../alerts/rules";
import { DEFAULT_TIMEOUT_MS, type Instance, intervalFloor } from "../collect/instance";
import { specOf } from "../collect/own-metrics";
import type { SightParts } from "../sight/sight";
import type { CatalogueEntry, PluginDetail, Rule } from "../trpc/outputs";
import { metricsOf, storedUnit } from "./figures";
import { describeMetrics } from "./instance";

type Parts = Pick<SightParts, "registry" | "instances" | "ledger" | "localHost">;
type Entry = z.output<typeof CatalogueEntry>;
type States = Entry["states"];

/** Every plugin by name; a broken one is listed with what is wrong. */
export function describeCatalogue({ registry, instances, ledger }: Omit<Parts, "localHost">): Entry[] {
  const all = instances.list();
  const own = (id: string) => all.filter(({ plugin }) => plugin === id);
  const entries = registry.all().map((plugin) => describeEntry(plugin, countStates(own(plugin.id), ledger)));
  const broken = registry.broken.map(
    ({ id, error }): Entry => ({
      id,
      name: id,
      summary: "",
      category: "system",
      tier: 0,
      kind: "host",
      needs: [],
      instances: own(id).length,
      states: countStates(own(id), ledger),
      broken: error,
    }),
  );
  return [...entries, ...broken].sort((a, b) => a.name.localeCompare(b.name, "en"));
}

function countStates(instances: readonly Instance[], ledger: Parts["ledger"]): States {
  const states: States = { failing: 0, degraded: 0, healthy: 0, unknown: 0, paused: 0 };
  for (const { id, enabled } of instances) states[enabled ? ledger.status(id).health : "paused"] += 1;
  return states;
}

const describeEntry = (plugin: Plugin, states: States): Entry => ({
  id: plugin.id,
  name: plugin.name,
  summary: plugin.summary,
  category: plugin.category,
  tier: plugin.tier,
  kind: plugin.kind,
  needs: [...(plugin.needs ?? [])],
  instances: Object.values(states).reduce((sum, count) => sum + count, 0),
  states,
  broken: null,
});

export function describePlugin({ instances, ledger, localHost }: Parts, plugin: Plugin): z.output<typeof PluginDetail> {
  const all = instances.list();
  const own = all.filter((instance) => instance.plugin === plugin.id);
  return {
    ...describeEntry(plugin, countStates(own, ledger)),
    existing: own.map(({ id, name }) => ({ id, name })),
    told: plugin.receive !== undefined,
    localHost,
    hosts: [...new Set([localHost, ...all.map(({ host }) => host)])].filter((host) => host !== "").sort(),
    intervalSeconds: plugin.intervalSeconds,
    minIntervalSeconds: intervalFloor(plugin),
    timeoutMs: plugin.timeoutMs ?? DEFAULT_TIMEOUT_MS,
    form: z.toJSONSchema(plugin.config, { io: "input", unrepresentable: "any" }),
    metrics: describeMetrics(metricsOf(plugin)),
    rules: describeRules(plugin, undefined),
  };
}

export const describeRules = (plugin: Plugin, instance: Instance | undefined): z.output<typeof Rule>[] =>
  defaultRules(plugin, instance?.config).map((rule) => ({
    ...rule,
    where: { ...rule.where },
    over: rule.over && { ...rule.over },
    unit: unitOfThreshold(plugin, rule),
    instanceId: instance?.id ?? null,
    instanceName: instance?.name ?? null,
    plugin: plugin.id,
    pluginName: plugin.name,
  }));

/** A counter is compared as what is stored of it, its rate; its increase over a window is in the counter's own unit. */
function unitOfThreshold(plugin: Plugin, { metric, over, unit }: DefaultRule): string {
  const spec = specOf(plugin, metric);
  return spec && !over ? storedUnit(spec) : unit;
}
