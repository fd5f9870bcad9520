import { spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { connect, createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { Stop } from "../tasks/progress.mjs";
import { openGuardedFolder, servant } from "./guarded-folder.mjs";

/** A busy machine with slow disks takes half of it. */
const READY_WITHIN_MS = 60_000;
/** Somebody may take a port between our finding it free and the server's listening on it. */
const MAX_PORTS = 3;
/** What a server that was killed leaves, it finds in its way for a moment: its port, its processes. */
const MAX_STARTS_AGAIN = 20;
const BETWEEN_STARTS_MS = 500;

/**
 * Starts a server in a temporary folder on a free port of 127.0.0.1.
 * @param server.prepare what comes before it, given the folder and a `run(program, args)` that runs to the end
 * @param server.args the arguments, given port and folder
 * @param server.urlOf its address, given the port
 * @param server.ready what its log says when it may be used, or nearly
 * @param server.stopSignal how it is told to stop, without SIG
 * @returns a RunningStore, see start-store.d.mts
 * @throws Stop with the end of its log when it does not come up
 */
export async function runServer({ name, title, program, args, urlOf, prepare, ready, stopSignal = "TERM" }) {
  const guarded = await openGuardedFolder(name);
  const { folder } = guarded;
  let child;
  const tryStarting = (port) => {
    child = launch(guarded, program, args(port, folder), stopSignal);
    return waitUntilReady(child, { folder, port, ready });
  };
  const explain = (log) => new Stop(`${title} did not start:\n${lastLines(log)}`);
  const start = async () => {
    for (let attempt = 1; ; attempt++) {
      const port = await findFreePort();
      const log = await tryStarting(port);
      if (log === undefined) return port;
      if (attempt === MAX_PORTS || !/address already in use/i.test(log)) throw explain(log);
    }
  };
  try {
    await prepare?.(folder, (tool, toolArgs) => runTool(guarded, title, tool, toolArgs));
    const port = await start();
    return {
      url: urlOf(port),
      folder,
      get pid() {
        return child.pid;
      },
      kill: () => killNow(child),
      async startAgain() {
        await killNow(child);
        let log = await tryStarting(port);
        for (let attempt = 1; log !== undefined && attempt < MAX_STARTS_AGAIN; attempt++) {
          await pause(BETWEEN_STARTS_MS);
          log = await tryStarting(port);
        }
        if (log !== undefined) throw explain(log);
      },
      stop: guarded.close,
    };
  } catch (error) {
    await guarded.close();
    throw error;
  }
}

const logOf = (folder) => join(folder, "server.log");
const lastLines = (text) => text.trim().split("\n").slice(-8).join("\n");

function launch(guarded, program, args, stopSignal) {
  const log = openSync(logOf(guarded.folder), "w");
  const child = spawn(program, args, {
    cwd: guarded.folder,
    // A group of its own: Ctrl-C is for the one who started it, and the guard stops the group.
    detached: true,
    stdio: ["ignore", log, log],
    env: { PATH: process.env.PATH, LC_ALL: "C", TZ: "UTC", HOME: guarded.folder, TMPDIR: guarded.folder },
    ...servant,
  });
  closeSync(log);
  if (child.pid) guarded.watch(child, stopSignal);
  child.once("exit", guarded.unwatch);
  child.once("error", () => {}); // what came of it is seen by whoever waits
  return child;
}

const hasEnded = (child) => child.pid === undefined || child.exitCode !== null || child.signalCode !== null;

async function killNow(child) {
  if (hasEnded(child)) return;
  const ended = once(child, "exit");
  child.kill("SIGKILL");
  await ended;
}

/** @returns nothing when it is ready, else what it said before it ended or the time was up */
async function waitUntilReady(child, { folder, port, ready }) {
  const ended = () => hasEnded(child);
  let log = "";
  for (const end = performance.now() + READY_WITHIN_MS; performance.now() < end; await pause(50)) {
    // Asked before the log is read, or its last words could be missed.
    const isOver = ended();
    log = await readFile(logOf(folder), "utf8");
    if (isOver) return `${log}\n(it ended with ${child.exitCode ?? child.signalCode ?? "an error: no such program"})`;
    // One says that it is ready and opens its port only then.
    if (ready.test(log) && (await isListening(port)) && !ended()) return undefined;
  }
  return `${log}\n(it was not ready after ${READY_WITHIN_MS / 1_000} s)`;
}

function isListening(port) {
  return new Promise((resolve) => {
    const socket = connect({ host: "127.0.0.1", port });
    socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
    socket.once("connect", () => socket.destroy());
  });
}

async function runTool(guarded, title, program, args) {
  const child = launch(guarded, program, args, "KILL");
  if (child.pid) await once(child, "close");
  if (child.exitCode === 0) return;
  throw new Stop(
    `${title} could not be set up by ${program}:\n${lastLines(await readFile(logOf(guarded.folder), "utf8"))}`,
  );
}

function findFreePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
