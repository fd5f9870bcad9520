/** What one collection tells the pages. `S` is how the instance is doing; the bus only carries it. */
export interface Published<S> {
  readonly instanceId: string;
  readonly at: number;
  readonly series: readonly number[];
  readonly values: readonly number[];
  readonly status: S;
  /** Of the run. */
  readonly outcome: "ok" | "partial" | "failed";
}

/** What a viewer gets: everything since its last message, newest value of each series, as columns. */
export interface LiveMessage<S> {
  readonly at: number;
  readonly series: number[];
  readonly times: number[];
  readonly values: number[];
  readonly statuses: S[];
  /** Instances were added, changed or removed: lists are to be read again. */
  readonly changed: boolean;
  /** Alerts or rules are others: likewise. */
  readonly alerts: boolean;
}

interface Viewer<S> {
  wants: ReadonlySet<string> | undefined;
  sees: ((instanceId: string) => boolean) | undefined;
  samples: Map<number, { at: number; value: number; instanceId: string }>;
  statuses: Map<string, S>;
  changed: boolean;
  alerts: boolean;
  wake: (() => void) | undefined;
}

export interface Bus<S> {
  publish(message: Published<S>): void;
  /** Says that the list of instances is another. */
  announceChange(): void;
  /** Says that alerts or rules are others. */
  announceAlerts(): void;
  /**
   * Messages as they come, at most one each `BEAT_MS`. A slow viewer gets the newest value of each series and
   * costs one entry a series, never a growing queue.
   * @param instances only these; undefined for all
   * @param sees whether the viewer may see an instance, asked again before each message; undefined: all
   */
  listen(
    signal: AbortSignal,
    instances?: readonly string[],
    sees?: (instanceId: string) => boolean,
  ): AsyncGenerator<LiveMessage<S>>;
  viewers(): number;
}

/** One combined message per viewer in this time: fast enough for the eye, five times cheaper than one a collection. */
const BEAT_MS = 200;

export function createBus<S>(): Bus<S> {
  const viewers = new Set<Viewer<S>>();
  return {
    publish({ instanceId, at, series, values, status }) {
      for (const viewer of viewers) {
        if (viewer.wants && !viewer.wants.has(instanceId)) continue;
        if (viewer.sees && !viewer.sees(instanceId)) continue;
        for (const [index, id] of series.entries())
          viewer.samples.set(id, { at, value: values[index] ?? 0, instanceId });
        viewer.statuses.set(instanceId, status);
        viewer.wake?.();
      }
    },
    announceChange() {
      for (const viewer of viewers) {
        viewer.changed = true;
        viewer.wake?.();
      }
    },
    announceAlerts() {
      for (const viewer of viewers) {
        viewer.alerts = true;
        viewer.wake?.();
      }
    },
    async *listen(signal, instances, sees) {
      const viewer: Viewer<S> = {
        wants: instances && new Set(instances),
        sees,
        samples: new Map(),
        statuses: new Map(),
        changed: false,
        alerts: false,
        wake: undefined,
      };
      viewers.add(viewer);
      try {
        while (!signal.aborted) {
          if (isEmpty(viewer)) await woken(viewer, signal);
          if (signal.aborted) return;
          forgetUnseen(viewer);
          // Nothing is left of it: not even that there was something is said.
          if (isEmpty(viewer)) continue;
          yield drain(viewer);
          await beat(signal);
        }
      } finally {
        viewers.delete(viewer);
      }
    },
    viewers: () => viewers.size,
  };
}

const isEmpty = ({ samples, statuses, changed, alerts }: Viewer<unknown>) =>
  samples.size === 0 && statuses.size === 0 && !changed && !alerts;

/** What waits of instances that the viewer may no longer see. */
function forgetUnseen({ sees, samples, statuses }: Viewer<unknown>): void {
  if (!sees) return;
  for (const [series, { instanceId }] of samples) if (!sees(instanceId)) samples.delete(series);
  for (const id of statuses.keys()) if (!sees(id)) statuses.delete(id);
}

function drain<S>(viewer: Viewer<S>): LiveMessage<S> {
  const message: LiveMessage<S> = {
    at: Date.now(),
    series: [...viewer.samples.keys()],
    times: [...viewer.samples.values()].map(({ at }) => at),
    values: [...viewer.samples.values()].map(({ value }) => value),
    statuses: [...viewer.statuses.values()],
    changed: viewer.changed,
    alerts: viewer.alerts,
  };
  viewer.samples.clear();
  viewer.statuses.clear();
  viewer.changed = false;
  viewer.alerts = false;
  return message;
}

function woken(viewer: Viewer<unknown>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const wake = () => {
      viewer.wake = undefined;
      signal.removeEventListener("abort", wake);
      resolve();
    };
    viewer.wake = wake;
    signal.addEventListener("abort", wake, { once: true });
  });
}

function beat(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, BEAT_MS);
    signal.addEventListener("abort", done, { once: true });
  });
}
