import { type Collected, collectReadings } from "../plugins/sdk/collect";
import type { Memory } from "../plugins/sdk/context";
import { CollectError } from "../plugins/sdk/errors";
import { createMemory } from "../plugins/sdk/memory";
import type { Plugin } from "../plugins/sdk/plugin";
import { createDoors } from "../server/collect/doors/doors";
import { recordDoors } from "../server/collect/doors/record";
import type { World } from "../server/collect/doors/record-fault";
import { DEFAULT_TIMEOUT_MS } from "../server/collect/instance";
import { listSecrets } from "../server/list-secrets";

interface RealRun {
  readonly collected: Collected;
  readonly now: number;
  readonly durationMs: number;
  /** What passed through the doors, without the secrets. */
  world(): World;
}

interface RunOptions {
  /** Of an earlier run; an empty one otherwise. */
  readonly memory?: Memory;
  /** Epoch milliseconds. */
  readonly now?: number;
  /** Where tools are looked for, instead of the usual folders. */
  readonly toolFolders?: readonly string[];
}

/** Runs a plugin once against the real world, as the server would: same doors, same time-out. */
export async function runPlugin(
  plugin: Plugin,
  config: Readonly<Record<string, unknown>>,
  options: RunOptions = {},
): Promise<RealRun> {
  const parsed = plugin.config.safeParse(config);
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ path, message }) => `  ${path.join(".") || "config"}: ${message}`);
    throw new Error(`The configuration does not fit ${plugin.id}:\n${problems.join("\n")}`);
  }
  const run = new AbortController();
  const timeoutMs = plugin.timeoutMs ?? DEFAULT_TIMEOUT_MS;
  const late = new CollectError("timeout", `The run was not done in ${timeoutMs / 1_000} s.`);
  const timer = setTimeout(() => run.abort(late), timeoutMs);
  const { doors, close } = createDoors({
    signal: run.signal,
    ...(options.toolFolders ? { toolFolders: options.toolFolders } : {}),
  });
  const { now = Date.now(), memory = createMemory(() => now) } = options;
  const startedAt = performance.now();
  const recording = recordDoors(doors, listSecrets(plugin.config, config));
  try {
    const collected = await collectReadings(plugin, {
      config,
      doors: recording.doors,
      now,
      signal: run.signal,
      memory,
      log: { debug: () => {}, warn: (message) => process.stderr.write(`warning: ${message}\n`) },
    });
    return {
      collected,
      now,
      durationMs: performance.now() - startedAt,
      world: recording.world,
    };
  } finally {
    clearTimeout(timer);
    await close();
  }
}
