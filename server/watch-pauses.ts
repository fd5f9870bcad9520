import type { Muting } from "./alerts/muted";
import type { Clock } from "./clock";
import type { Cluster } from "./cluster/cluster";
import type { Bus } from "./metrics/bus";

interface Parts {
  readonly muting: Pick<Muting, "pausedBy">;
  readonly bus: Pick<Bus<unknown>, "announceChange">;
  readonly cluster: Pick<Cluster, "tell">;
  readonly clock: Pick<Clock, "now">;
}

/**
 * Asked before each run: whether maintenance keeps the instance from being asked. When that begins or ends, lists are to say so; no person
 * does anything in that moment.
 */
export function createPauseWatch({ muting, bus, cluster, clock }: Parts): (instanceId: string) => boolean {
  const paused = new Set<string>();
  return (instanceId) => {
    const isPaused = muting.pausedBy(instanceId, clock.now()) !== null;
    if (isPaused === paused.has(instanceId)) return isPaused;
    if (isPaused) paused.add(instanceId);
    else paused.delete(instanceId);
    bus.announceChange();
    cluster.tell({ kind: "silences" });
    return isPaused;
  };
}
