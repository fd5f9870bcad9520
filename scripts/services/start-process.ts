import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { connect } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { openGuardedFolder } from "../stores/guarded-folder.mjs";

export interface StartOptions {
  /** It is ready when this port of 127.0.0.1 accepts. */
  readonly port?: number;
  /** It is ready when this socket in the file system accepts: its file is there before somebody listens. */
  readonly socket?: string;
  /** It is ready when its output matches, or when this is so; a question that fails says that it is not. */
  readonly ready?: RegExp | (() => boolean | Promise<boolean>);
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  readonly uid?: number;
  readonly gid?: number;
  /** How it is told to stop. */
  readonly stopSignal?: "SIGTERM" | "SIGINT" | "SIGQUIT" | "SIGKILL";
  readonly readyWithinMs?: number;
}

export interface Running {
  readonly pid: number;
  /** Both streams, as far as they came; the last megabyte. */
  output(): string;
  /** Ends it, and with it its process group. */
  stop(): Promise<void>;
  /** Sends a signal and does not wait. */
  kill(signal: NodeJS.Signals): void;
}

const READY_WITHIN_MS = 60_000;
const MAX_OUTPUT = 1_048_576;

/** Starts a program in a process group of its own. A guard ends the group when this process is gone, in whatever way. */
export async function startProcess(program: string, args: readonly string[], options: StartOptions): Promise<Running> {
  const { env, cwd, uid, gid, stopSignal = "SIGTERM" } = options;
  const guard = await openGuardedFolder("process");
  const child = spawn(program, [...args], {
    env: { NODE_ENV: "test", ...env },
    ...(cwd === undefined ? {} : { cwd }),
    ...(uid === undefined ? {} : { uid }),
    ...(gid === undefined ? {} : { gid }),
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  const keep = (text: string) => {
    output = (output + text).slice(-MAX_OUTPUT);
  };
  child.stdout.setEncoding("utf8").on("data", keep);
  child.stderr.setEncoding("utf8").on("data", keep);
  child.once("error", (error) => keep(`\n${error.message}`));
  const { pid } = child;
  if (pid === undefined) {
    await once(child, "error").catch(() => {});
    await guard.close();
    throw new Error(`${program} could not be started: ${output.trim()}`);
  }
  guard.watch({ pid }, stopSignal.slice(3));
  child.once("exit", () => guard.unwatch());
  const running: Running = {
    pid,
    output: () => output,
    kill: (signal) => void child.kill(signal),
    stop: () => guard.close(),
  };
  try {
    await waitUntilReady(child, () => output, program, options);
  } catch (error) {
    await running.stop();
    throw error;
  }
  return running;
}

async function waitUntilReady(child: ChildProcess, output: () => string, program: string, options: StartOptions) {
  const { readyWithinMs = READY_WITHIN_MS } = options;
  let problem: unknown;
  for (const end = performance.now() + readyWithinMs; performance.now() < end; await pause(50)) {
    if (child.exitCode !== null || child.signalCode !== null)
      throw new Error(`${program} ended with ${child.exitCode ?? child.signalCode}:\n${lastLines(output())}`);
    try {
      if (await isReady(output(), options)) return;
      problem = undefined;
    } catch (error) {
      problem = error;
    }
  }
  const message = `${program} was not ready after ${readyWithinMs / 1_000} s:\n${lastLines(output())}`;
  throw new Error(message, { cause: problem });
}

async function isReady(output: string, { port, socket, ready }: StartOptions): Promise<boolean> {
  if (port !== undefined && !(await accepts({ host: "127.0.0.1", port }))) return false;
  if (socket !== undefined && !(await accepts({ path: socket }))) return false;
  if (ready instanceof RegExp) return ready.test(output);
  return ready ? ready() : true;
}

function accepts(where: { host: string; port: number } | { path: string }): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(where);
    socket.once("error", () => resolve(false));
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
  });
}

const lastLines = (text: string) => text.trim().split("\n").slice(-15).join("\n");
