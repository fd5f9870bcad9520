import type { Plugin } from "../plugins/sdk/plugin";
import type { Cluster } from "./cluster/cluster";
import type { Instances } from "./collect/instances";
import { createReceiver, type Receiver } from "./collect/receive";
import type { Registry } from "./collect/registry";
import type { Scheduler } from "./collect/scheduler";
import { createSenders } from "./collect/senders";
import type { RetentionBook } from "./retention/open-retention";

const DAY_MS = 86_400_000;

type Handed = Omit<Parameters<typeof createReceiver>[0], "senders" | "plugin" | "rawMs" | "holds" | "takeStock">;
interface Parts extends Handed {
  readonly registry: Registry;
  readonly instances: Instances;
  readonly retention: Pick<RetentionBook, "get">;
  readonly cluster: Cluster;
  readonly scheduler: Pick<Scheduler, "runNow">;
}

/** Wires what is pushed to what there is. */
export function openReceiver({ registry, instances, retention, cluster, scheduler, ...handed }: Parts): Receiver {
  const told = (): Plugin | undefined => registry.all().find(({ receive }) => receive !== undefined);
  return createReceiver({
    ...handed,
    senders: createSenders(instances, told),
    plugin: registry.get,
    rawMs(plugin) {
      const { rawDays, plugins } = retention.get();
      return (plugins[plugin] ?? rawDays) * DAY_MS;
    },
    holds: cluster.holds,
    takeStock: ({ id }) => void scheduler.runNow(id),
  });
}
