import { type Collected, collectReadings, failureOf } from "../../plugins/sdk/collect";
import { type Doors, NOTHING_RECEIVED, type Received } from "../../plugins/sdk/context";
import { CollectError, type Reason } from "../../plugins/sdk/errors";
import { createMemory } from "../../plugins/sdk/memory";
import type { Plugin } from "../../plugins/sdk/plugin";
import type { Clock } from "../clock";
import { messageOf } from "../errors";
import type { Log } from "../log";
import type { Secrets } from "../vault/secret-reader";
import type { Instance } from "./instance";
import { createRunRedactor, plainFacts, redactRun } from "./redact-run";

/** One execution of `collect`, with its retries. */
export interface Run extends Collected {
  readonly plugin: Plugin;
  /** The scheduled tick that its samples are stamped with. */
  readonly at: number;
  readonly durationMs: number;
  readonly attempts: number;
}

/** Doors of one run; `close` ends what the plugin left open. */
export type OpenDoors = (options: { signal: AbortSignal }) => { doors: Doors; close(): Promise<void> };

/**
 * Passing faults are tried once more within the run's time. `auth`, `permission` and `rate_limited` are not: services lock out
 * who asks too often.
 */
const RETRIED: ReadonlySet<Reason> = new Set(["unreachable", "dns", "protocol"]);
const RETRY_AFTER_MS = 500;

export interface Runner {
  /** Never throws: what went wrong is the run's `failure`. */
  run(instance: Instance, at: number, stop?: AbortSignal): Promise<Run>;
  forget(instanceId: string): void;
}

interface Kept {
  readonly memory: ReturnType<typeof createMemory>;
  readonly tick: { at: number };
  readonly updatedAt: number;
}

/** Gives each run its context, its end and its retry, and keeps each instance's memory between runs. */
export function createRunner(deps: {
  plugin: (id: string) => Plugin | undefined;
  openDoors: OpenDoors;
  secrets: Pick<Secrets, "read">;
  /** What was pushed into an instance. */
  received?: ((instanceId: string, plugin: Plugin) => Received) | undefined;
  clock: Clock;
  log: Log;
}): Runner {
  const { clock, log, openDoors, secrets } = deps;
  const memories = new Map<string, Kept>();

  /** A changed config starts with an empty memory: what was kept belonged to another target. */
  function memoryOf(instance: Instance, at: number): Kept["memory"] {
    let kept = memories.get(instance.id);
    if (kept?.updatedAt !== instance.updatedAt) {
      const tick = { at };
      kept = { memory: createMemory(() => tick.at), tick, updatedAt: instance.updatedAt };
      memories.set(instance.id, kept);
    }
    kept.tick.at = at;
    return kept.memory;
  }

  async function attempt(plugin: Plugin, instance: Instance, at: number, signal: AbortSignal): Promise<Collected> {
    let config: Instance["config"];
    try {
      const read = secrets.read(plugin.config, instance.config);
      config = read instanceof Promise ? await read : read;
    } catch (error) {
      return { readings: [], inventory: undefined, partial: [], failure: failureOf(error, plugin) };
    }
    const redact = createRunRedactor(plugin, config);
    const { doors, close } = openDoors({ signal });
    let child: Log | undefined;
    const told = () => (child ??= log.child({ plugin: plugin.id, instance: instance.name }));
    const memory = memoryOf(instance, at);
    try {
      const collected = await collectReadings(plugin, {
        config,
        doors,
        now: at,
        signal,
        memory,
        received: deps.received && (() => deps.received?.(instance.id, plugin) ?? NOTHING_RECEIVED),
        log: {
          debug: (message, facts) => told().debug(redact(plainFacts(facts)), redact(message)),
          warn: (message, facts) => told().warn(redact(plainFacts(facts)), redact(message)),
        },
      });
      if (collected.failure) memory.undoDue();
      return redactRun(collected, redact);
    } finally {
      await close().catch((error: unknown) =>
        told().debug({ error: redact(messageOf(error)) }, "a connection did not close"),
      );
    }
  }

  return {
    async run(instance, at, stop) {
      const startedAt = clock.now();
      const plugin = deps.plugin(instance.plugin);
      if (!plugin) throw new Error(`Plugin ${instance.plugin} is not loaded.`);
      const limit = new AbortController();
      const endsAt = startedAt + instance.timeoutMs;
      const cancel = clock.after(instance.timeoutMs, () => limit.abort(timedOut(plugin, instance)));
      // Not `AbortSignal.any`, which costs as much as a whole small run.
      const { signal } = limit;
      const stopped = () => limit.abort(stop?.reason);
      if (stop?.aborted) stopped();
      else stop?.addEventListener("abort", stopped, { once: true });
      let attempts = 1;
      try {
        let collected = await attempt(plugin, instance, at, signal);
        const again = collected.failure && RETRIED.has(collected.failure.reason);
        if (again && clock.now() + RETRY_AFTER_MS < endsAt && (await pause(clock, RETRY_AFTER_MS, signal))) {
          attempts = 2;
          collected = await attempt(plugin, instance, at, signal);
        }
        return { ...collected, plugin, at, durationMs: clock.now() - startedAt, attempts };
      } finally {
        cancel();
        stop?.removeEventListener("abort", stopped);
      }
    },
    forget: (instanceId) => void memories.delete(instanceId),
  };
}

function timedOut(plugin: Plugin, instance: Instance): CollectError {
  const seconds = Math.round(instance.timeoutMs / 100) / 10;
  return new CollectError("timeout", `${plugin.name} "${instance.name}" did not answer in ${seconds} s.`, {
    hint:
      plugin.help?.timeout ??
      "Check that the target is up and reachable from here, or give it more time in the settings.",
  });
}

/** Resolves true after the pause, false when the run ended before. */
function pause(clock: Clock, ms: number, signal: AbortSignal): Promise<boolean> {
  if (signal.aborted) return Promise.resolve(false);
  return new Promise((resolve) => {
    const cancel = clock.after(ms, () => finish(true));
    const stopped = () => finish(false);
    const finish = (waited: boolean) => {
      cancel();
      signal.removeEventListener("abort", stopped);
      resolve(waited);
    };
    signal.addEventListener("abort", stopped, { once: true });
  });
}
