import { execFile } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { Collected, RawReading } from "../../plugins/sdk/collect";
import type { Memory } from "../../plugins/sdk/context";
import { createMemory } from "../../plugins/sdk/memory";
import type { Labels } from "../../plugins/sdk/plugin";
import { loadPlugin } from "../../server/collect/registry";
import { validateReadings } from "../../server/collect/validate";
import { runPlugin } from "../run-plugin";
import { findPort } from "./find-port";
import { type Running, type StartOptions, startProcess } from "./start-process";

/** Where servers are, and which no PATH of a person names. */
const PATH = [process.env.PATH, "/usr/local/sbin", "/usr/sbin", "/sbin"].filter(Boolean).join(delimiter);
const PLUGINS = fileURLToPath(new URL("../../plugins", import.meta.url));
const UNTIL_MS = 60_000;
const BETWEEN_MS = 150;
const MAX_OUTPUT_BYTES = 16_777_216;

/** One run of the plugin. */
interface Seen extends Collected {
  /** The number of the first reading with this name and at least these labels; of a share, its part. */
  value(metric: string, labels?: Labels): number | undefined;
  /** All labels of that reading. */
  labels(metric: string, labels?: Labels): Labels | undefined;
}

export interface Service {
  /** Temporary, readable by all, removed afterwards. */
  readonly folder: string;
  /** A port of 127.0.0.1 that is free for TCP and UDP. */
  port(): Promise<number>;
  /** Runs a program to its end. @returns what it printed @throws Error with what it said when it fails */
  run(program: string, args: readonly string[], options?: RunOptions): Promise<string>;
  /** Starts a program that stays, and waits until it is ready. It is ended after the tests, also when they are killed. */
  start(program: string, args: readonly string[], options?: StartOptions): Promise<Running>;
  /** The folder of a package of `unpack`. */
  unpacked(name: string): string;
  /** What runs, for the table: its first line is taken. */
  version(text: string): void;
  /** Runs the plugin once, as the server would. @throws Error when a reading breaks what the plugin declares */
  collect(config: Readonly<Record<string, unknown>>, options?: CollectOptions): Promise<Seen>;
  /**
   * A tool as the plugin shall find it, for `collect`'s `toolFolders`: a shell script that ends in the real one, for instance
   * within a network namespace. @returns its folder
   */
  wrap(tool: string, script: string): string;
  /** To keep between runs, by the real clock. */
  memory(): Memory;
  /** Waits until it is so. @throws Error after `withinMs`, 60 s unless said, with the last error if there was one */
  until(isSo: () => boolean | Promise<boolean>, withinMs?: number): Promise<void>;
}

interface CollectOptions {
  readonly memory?: Memory;
  /** The tick, epoch milliseconds: what takes minutes in life takes none here. */
  readonly now?: number;
  /** Where the plugin's tools are looked for, instead of the usual folders. */
  readonly toolFolders?: readonly string[];
}

interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  readonly input?: string;
  readonly timeoutMs?: number;
}

/** @param plugin its id @param note is told what version runs */
export function openService(
  plugin: string,
  unpacked: Readonly<Record<string, string>>,
  note: (version: string) => void,
): { service: Service; close(): Promise<void> } {
  const folder = mkdtempSync(join(tmpdir(), `unity-service-${plugin}-`));
  chmodSync(folder, 0o755);
  const processes: Running[] = [];
  const base = { PATH, LC_ALL: "C", TZ: "UTC", HOME: folder, TMPDIR: folder };
  const service: Service = {
    folder,
    port: findPort,
    run: (program, args, options = {}) => runToEnd(program, args, { ...options, env: { ...base, ...options.env } }),
    async start(program, args, options = {}) {
      const running = await startProcess(program, args, { cwd: folder, ...options, env: { ...base, ...options.env } });
      processes.push(running);
      return running;
    },
    unpacked: (name) => {
      const found = unpacked[name];
      if (found === undefined) throw new Error(`services.json does not unpack ${name}.`);
      return found;
    },
    version: (text) => note(text.trim().split("\n", 1)[0]?.trim() ?? ""),
    collect: (config, options = {}) => collectOnce(plugin, config, options),
    wrap: (tool, script) => writeTool(join(folder, "tools"), tool, script),
    memory: () => createMemory(Date.now),
    until: waitUntil,
  };
  const close = async () => {
    for (const running of processes.reverse()) await running.stop();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  return { service, close };
}

async function runToEnd(program: string, args: readonly string[], options: RunOptions): Promise<string> {
  const { env, cwd, input, timeoutMs = 60_000 } = options;
  const promise = promisify(execFile)(program, [...args], {
    env: { NODE_ENV: "test", ...env },
    ...(cwd === undefined ? {} : { cwd }),
    timeout: timeoutMs,
    maxBuffer: MAX_OUTPUT_BYTES,
  });
  // A program may end without reading what it was told; its exit code then says more than the broken pipe.
  promise.child.stdin?.on("error", () => {});
  promise.child.stdin?.end(input ?? "");
  try {
    return (await promise).stdout;
  } catch (error) {
    const said = error instanceof Error && "stderr" in error ? `${error.message}\n${error.stderr}` : String(error);
    throw new Error(`${program} failed: ${said}`, { cause: error });
  }
}

async function collectOnce(
  id: string,
  config: Readonly<Record<string, unknown>>,
  options: CollectOptions,
): Promise<Seen> {
  const loaded = await loadPlugin(PLUGINS, id);
  if (!loaded.ok) throw new Error(loaded.problems.join("\n"));
  const { collected } = await runPlugin(loaded.plugin, config, options);
  const { remarks } = validateReadings(loaded.plugin, collected.readings);
  if (remarks.length > 0) throw new Error(`Readings break what the plugin declares: ${JSON.stringify(remarks)}`);
  const find = (metric: string, labels: Labels = {}) =>
    collected.readings.find((reading) => reading.metric === metric && hasLabels(reading, labels));
  return {
    ...collected,
    value: (metric, labels) => {
      const value = find(metric, labels)?.value;
      return typeof value === "object" ? value.part : value;
    },
    labels: (metric, labels) => find(metric, labels)?.labels,
  };
}

function writeTool(folder: string, tool: string, script: string): string {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, tool), `#!/bin/sh\nexport PATH=/usr/sbin:/usr/bin:/sbin:/bin\n${script}\n`, {
    mode: 0o755,
  });
  return folder;
}

const hasLabels = (reading: RawReading, labels: Labels) =>
  Object.entries(labels).every(([name, value]) => reading.labels[name] === value);

async function waitUntil(isSo: () => boolean | Promise<boolean>, withinMs = UNTIL_MS): Promise<void> {
  let problem: unknown;
  for (const end = performance.now() + withinMs; performance.now() < end; await pause(BETWEEN_MS)) {
    try {
      if (await isSo()) return;
      problem = undefined;
    } catch (error) {
      problem = error;
    }
  }
  throw new Error(`It was not so within ${withinMs / 1_000} s.`, { cause: problem });
}
