import { parseConfig } from "../../plugins/sdk/collect";
import { isPlausible } from "../../plugins/sdk/found-names";
import type { Labels, MetricSpec, Plugin, PushedName } from "../../plugins/sdk/plugin";
import type { Instance } from "./instance";
import { judgeSeries, labelText, valueFault } from "./validate";

/** What a pushed series is kept as. */
export interface Named {
  readonly metric: string;
  readonly labels: Labels;
  readonly key: string;
  readonly spec: MetricSpec;
}
/** Why it is not kept: nobody wants it, or it cannot be. */
export type Unnamed = "unwanted" | { readonly fault: string };

/** Of an instance twice as many as it may have: those that are refused are not looked at anew either. */
const REMEMBERED = 2;

interface Known {
  readonly updatedAt: number;
  readonly config: ReturnType<typeof parseConfig>;
  readonly maxSeries: number;
  readonly byName: Map<string, Named | Unnamed>;
}

/**
 * Names what is pushed, by the plugin, and remembers it: the same series comes every few seconds, and its name, its labels and whether they may
 * be are worked out once.
 */
export function createNaming() {
  const instances = new Map<string, Known>();
  return {
    /** @throws ZodError when the instance's configuration is none */
    of(instance: Instance, plugin: Plugin) {
      let known = instances.get(instance.id);
      if (known?.updatedAt !== instance.updatedAt) {
        const config = parseConfig(plugin, instance.config);
        const maxSeries = typeof config.maxSeries === "number" ? config.maxSeries : 1_000;
        known = { updatedAt: instance.updatedAt, config, maxSeries, byName: new Map() };
        instances.set(instance.id, known);
      }
      const { byName, config, maxSeries } = known;
      return {
        maxSeries,
        name(pushed: PushedName): Named | Unnamed {
          const key = keyOf(pushed);
          const found = byName.get(key);
          if (found) return found;
          const named = nameSeries(pushed, plugin, config);
          if (byName.size >= REMEMBERED * maxSeries) byName.clear();
          byName.set(key, named);
          return named;
        },
      };
    },
    forget: (instanceId: string) => void instances.delete(instanceId),
  };
}

function keyOf({ name, labels, kind }: PushedName): string {
  let key = `${kind}\0${name}`;
  for (const label in labels) key += `\0${label}\0${labels[label]}`;
  return key;
}

function nameSeries(pushed: PushedName, plugin: Plugin, config: Known["config"]): Named | Unnamed {
  const kept = plugin.receive?.(pushed, config);
  if (!kept) return "unwanted";
  const { labels, key, spec, fault } = judgeSeries(plugin, kept.metric, kept.labels);
  if (!spec || fault) return { fault: `${kept.metric.slice(0, 150)}${labelText(labels)} ${fault}.` };
  return { metric: kept.metric, labels, key, spec };
}

/** Whether a value says something of its metric: as with exporters, an instant at the end of time does not. */
export const isTelling = ({ metric, spec }: Named, value: number): boolean =>
  isPlausible(metric, value) && valueFault(spec, value) === undefined;
