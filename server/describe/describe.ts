import type { Inventory, Plugin } from "../../plugins/sdk/plugin";
import type { Instance } from "../collect/instance";
import type { RetentionSettings } from "../retention/settings";
import type { Unity } from "../unity";
import { describeAbout } from "./about";
import { describeAttention } from "./attention";
import { describeCatalogue, describePlugin, describeRules } from "./catalogue";
import { describeDryRun } from "./dry-run";
import { describeInstance, describeInstanceDetail, describeInventory } from "./instance";
import { createOutlook } from "./outlook";
import { describeOverview } from "./overview";
import { createPastHour } from "./past-hour";
import { describeRange, type Selection, selectSeries } from "./range";
import { describeHealth, describePlan, describeStorage } from "./storage";

/** What Unity knows, in the shapes that pages and clients get: read only, secrets masked. */
export function createDescribe(parts: Omit<Unity, "describe" | "start" | "take" | "letGo" | "runNow" | "stop">) {
  const outlook = createOutlook(parts);
  const pastHour = createPastHour(parts.store);
  return {
    storage: () => describeStorage(parts),
    storagePlan: (settings: RetentionSettings) => describePlan(parts, settings),
    health: () => describeHealth(parts),
    about: () => describeAbout(parts),
    attention: () => describeAttention(parts),
    overview: () => describeOverview(parts, { outlook: outlook(), pastHour }),
    catalogue: () => describeCatalogue(parts),
    plugin: (plugin: Plugin) => describePlugin(parts, plugin),
    instance: (instance: Instance) => describeInstance(parts, instance),
    instanceDetail: (instance: Instance) => describeInstanceDetail(parts, instance),
    inventory: (snapshot: Inventory, at: number) => describeInventory(snapshot, at),
    dryRun: (plugin: Plugin, draft: Instance, stop?: AbortSignal) => describeDryRun(parts, plugin, draft, stop),
    rules: (instance: Instance) => {
      const plugin = parts.registry.get(instance.plugin);
      return plugin ? describeRules(plugin, instance) : [];
    },
    select: (selection: Selection) => selectSeries(parts, selection),
    range: (selection: Selection, window: Parameters<typeof describeRange>[2]) =>
      describeRange(parts, selection, window),
  };
}
export type Describe = ReturnType<typeof createDescribe>;
