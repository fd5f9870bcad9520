import type { z } from "zod";
import {
  type CollectContext,
  type Doors,
  type Memory,
  NOTHING_RECEIVED,
  type PluginLog,
  type Received,
} from "./context";
import { CollectError, type Reason, reasonOf } from "./errors";
import type { Inventory, Labels, Metrics, Plugin, Report, Share } from "./plugin";

/** What a plugin reported, before it is validated and has a series. */
export interface RawReading {
  readonly metric: string;
  readonly value: number | Share;
  readonly labels: Labels;
}

export interface Failure {
  readonly reason: Reason;
  readonly message: string;
  readonly hint?: string | undefined;
}

/** One call of `collect`: what was read, also when it failed half-way. */
export interface Collected {
  readonly readings: readonly RawReading[];
  readonly inventory: Inventory | undefined;
  readonly partial: readonly Failure[];
  readonly failure: Failure | undefined;
}

/** More readings than this from one run are a fault of the plugin: 200 items in each of 100 families. */
const MAX_READINGS = 20_000;

interface Surroundings {
  readonly config: unknown;
  readonly doors: Doors;
  readonly now: number;
  readonly signal: AbortSignal;
  readonly memory: Memory;
  readonly log: PluginLog;
  /** Without it nothing was pushed. */
  readonly received?: (() => Received) | undefined;
}

/**
 * Calls `collect` once and never throws: a failure becomes a reason. After the signal aborts, nothing more is taken,
 * even from a plugin that goes on.
 */
export async function collectReadings(plugin: Plugin, surroundings: Surroundings): Promise<Collected> {
  const { doors, config, received = () => NOTHING_RECEIVED, ...rest } = surroundings;
  const readings: RawReading[] = [];
  const partial: Failure[] = [];
  let inventory: Inventory | undefined;
  let open = true;

  const record = (metric: string, value: number | Share, labels: Labels = {}) => {
    if (open && readings.length < MAX_READINGS) readings.push({ metric, value, labels });
  };
  const report: Report<Metrics> = Object.assign(record, {
    found: record,
    inventory: (snapshot: Inventory) => {
      if (open) inventory = snapshot;
    },
    partial: (reason: Reason, message: string) => {
      if (open && partial.length < 100) partial.push({ reason, message });
    },
  });

  let failure: Failure | undefined;
  try {
    const context: CollectContext<z.output<z.ZodObject>> = {
      ...doors,
      ...rest,
      received,
      config: parseConfig(plugin, config),
    };
    await Promise.race([plugin.collect(context, report), aborted(surroundings.signal)]);
  } catch (error) {
    failure = failureOf(error, plugin);
  } finally {
    open = false;
  }
  return { readings, inventory, partial, failure };
}

const parsedConfigs = new WeakMap<Plugin, WeakMap<object, z.output<z.ZodObject>>>();

/** A config is parsed once for all runs with it, so no plugin may change what the next run is handed. @throws ZodError */
export function parseConfig(plugin: Plugin, config: unknown): z.output<z.ZodObject> {
  if (typeof config !== "object" || config === null) return plugin.config.parse(config);
  const mine = parsedConfigs.get(plugin) ?? new WeakMap<object, z.output<z.ZodObject>>();
  parsedConfigs.set(plugin, mine);
  const known = mine.get(config);
  if (known) return known;
  const parsed = plugin.config.parse(config);
  freezePlain(parsed);
  mine.set(config, parsed);
  return parsed;
}

function freezePlain(value: unknown): void {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (!Array.isArray(value) && prototype !== Object.prototype && prototype !== null) return;
  Object.freeze(value);
  for (const inner of Object.values(value)) freezePlain(inner);
}

/** What a run says that ended like this. */
export function failureOf(error: unknown, plugin: Plugin): Failure {
  const reason = reasonOf(error);
  const message = error instanceof Error ? error.message : String(error);
  const hint = (error instanceof CollectError ? error.hint : undefined) ?? plugin.help?.[reason];
  return { reason, message, ...(hint === undefined ? {} : { hint }) };
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const stop = () =>
      reject(signal.reason instanceof Error ? signal.reason : new CollectError("timeout", "The run was stopped."));
    if (signal.aborted) stop();
    else signal.addEventListener("abort", stop, { once: true });
  });
}
