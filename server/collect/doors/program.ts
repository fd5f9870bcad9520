import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { constants, setPriority } from "node:os";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath, pathToFileURL } from "node:url";
import { z } from "zod";
import type { OpenDriver } from "../../../plugins/sdk/context";
import { CollectError } from "../../../plugins/sdk/errors";

const KILLED_MS = 500;

const Message = z.union([
  z.object({ ready: z.literal(true) }),
  z.object({ problem: z.string() }),
  z.object({ answer: z.unknown() }),
]);
type Message = z.output<typeof Message>;

/** Starts a process around a plugin's module, which answers one question after the other. It is killed when it is closed. */
export async function openProgram<Q, A>(name: string, module: URL): Promise<OpenDriver<Q, A>> {
  const child = start(module);
  const messages = listen(child, name);
  try {
    await messages.next();
  } catch (error) {
    await end(child);
    throw error;
  }
  let last: Promise<unknown> = Promise.resolve();
  const exchange = async (question: Q): Promise<A> => {
    const next = messages.next();
    child.send(JSON.stringify(question));
    const message = await next;
    if ("problem" in message) throw new CollectError("internal", `${name} failed: ${message.problem.slice(0, 300)}`);
    // The plugin's own module has answered; the plugin parses it.
    return ("answer" in message ? message.answer : undefined) as A;
  };
  return {
    ask: (question) => {
      // In turn: an answer does not say what it is for.
      const turn = last.then(() => exchange(question));
      last = turn.catch(() => {});
      return turn;
    },
    close: () => end(child),
  };
}

/** Resolves when it is gone, and has let go of its files. */
async function end(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, "exit");
  // It may hang in the kernel, on a share that does not answer: then nobody waits for it.
  if (child.kill("SIGKILL")) await Promise.race([gone, pause(KILLED_MS, undefined, { ref: false })]);
}

/** What the child says, one message a call. @throws CollectError `internal` when it has ended */
function listen(child: ChildProcess, name: string): { next(): Promise<Message> } {
  let waiting: { resolve(message: Message): void; reject(error: Error): void } | undefined;
  let ended: CollectError | undefined;
  const end = (how: string) => {
    ended ??= new CollectError("internal", `The program ${name} ended: ${how}.`);
    waiting?.reject(ended);
  };
  child.on("message", (message) => waiting?.resolve(Message.parse(message)));
  child.on("error", (error) => end(error.message));
  child.on("exit", (code, signal) => end(String(signal ?? code)));
  return {
    next: () =>
      new Promise((resolve, reject) => {
        if (ended) reject(ended);
        else waiting = { resolve, reject };
      }),
  };
}

/** Beside the bundle in production; the TypeScript source, through tsx, in development and tests. */
function start(module: URL): ChildProcess {
  const built = !import.meta.url.endsWith(".ts");
  const tsx = built ? [] : ["--import", pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href];
  const main = fileURLToPath(new URL(built ? "./program-main.js" : "./program-main.ts", import.meta.url));
  const target = built ? module.href : module.href.replace(/\.js$/, ".ts");
  const child = spawn(process.execPath, [...tsx, main, target], { stdio: ["ignore", "ignore", "ignore", "ipc"] });
  // It does not keep this process alive.
  child.unref();
  child.channel?.unref();
  if (child.pid !== undefined) trySetPriority(child.pid);
  return child;
}

/** What blocks may take its time: other collections go first. */
function trySetPriority(pid: number): void {
  try {
    setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // It ended already, or this system does not let us.
  }
}
