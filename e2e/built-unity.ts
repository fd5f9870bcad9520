import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { NODE_FLAGS, NODE_MEMORY } from "../scripts/start/node-flags.mjs";
import { signIn } from "../server/http/test-sign-in";

const BUILT = resolve(".next/standalone");
/** Usually one second; but a machine that builds and tests at the same time is slow to start anything. */
const READY_WITHIN_MS = 60_000;
const ASK_EVERY_MS = 20;
/** The server says that it stops within five seconds. */
const STOP_WITHIN_MS = 8_000;
const MAX_OUTPUT = 200_000;

/** A built Unity of one's own, for browser tests and benchmarks: free port, empty data folder. */
export interface RunningUnity {
  readonly url: string;
  readonly port: number;
  readonly dataFolder: string;
  /** Of a first admin, `ADMIN`, as a request sends it; "" where there is none yet. */
  readonly cookie: string;
  /** The same, for a browser. */
  readonly storage: Storage;
  /** Of the process that runs now. */
  pid(): number;
  /** From the spawn of that process to its first answer, in milliseconds. */
  listeningMs(): number;
  /** What it logged since it was started first. */
  output(): string;
  /** @returns its exit code, null when the signal ended it */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
  /** Starts it again on the same port with the same data, after `stop`. */
  start(): Promise<void>;
  /** Stops it and deletes its data. */
  dispose(): Promise<void>;
}

/** What Playwright calls a storage state. */
interface Storage {
  readonly cookies: {
    name: string;
    value: string;
    domain: string;
    path: string;
    expires: number;
    httpOnly: boolean;
    secure: boolean;
    sameSite: "Lax";
  }[];
  readonly origins: [];
}

/**
 * Starts a Unity and waits until it is ready.
 * @param env more of its environment
 * @param nodeFlags more of Node's own flags
 * @param admin make the first one; otherwise nobody is there yet
 */
export async function startUnity(
  env: Readonly<Record<string, string>> = {},
  nodeFlags: readonly string[] = [],
  { admin = true }: { admin?: boolean } = {},
): Promise<RunningUnity> {
  if (!existsSync(join(BUILT, "main.js"))) throw new Error("There is no built Unity. Run npm run build first.");
  const port = await findFreePort();
  const url = `http://127.0.0.1:${port}`;
  const dataFolder = await mkdtemp(join(tmpdir(), "unity-built-"));
  let output = "";
  let child: ChildProcess | undefined;
  let listeningMs = 0;

  const start = async () => {
    const spawnedAt = performance.now();
    const started = spawn(process.execPath, [...NODE_FLAGS, ...nodeFlags, "main.js"], {
      cwd: BUILT,
      stdio: ["ignore", "pipe", "pipe"],
      env: {
        ...process.env,
        ...NODE_MEMORY,
        NODE_ENV: "production",
        HOST: "127.0.0.1",
        ...env,
        PORT: `${port}`,
        UNITY_DATA: dataFolder,
      },
    });
    child = started;
    const keep = (text: string) => {
      output = (output + text).slice(-MAX_OUTPUT);
    };
    started.stdout.setEncoding("utf8").on("data", keep);
    started.stderr.setEncoding("utf8").on("data", keep);
    listeningMs = (await waitUntilReady(url, started, () => output)) - spawnedAt;
  };
  const stop = async (signal: NodeJS.Signals = "SIGTERM") => {
    if (!child || child.exitCode !== null || child.signalCode !== null) return child?.exitCode ?? null;
    const exited = once(child, "exit");
    const late = setTimeout(() => child?.kill("SIGKILL"), STOP_WITHIN_MS);
    child.kill(signal);
    await exited;
    clearTimeout(late);
    return child.exitCode;
  };
  const dispose = async () => {
    await stop();
    await rm(dataFolder, { recursive: true, force: true });
  };

  let cookie = "";
  try {
    await start();
    if (admin) cookie = await signIn(url);
  } catch (error) {
    await dispose();
    throw error;
  }
  return {
    url,
    port,
    dataFolder,
    cookie,
    storage: storageOf(cookie),
    pid: () => child?.pid ?? 0,
    listeningMs: () => listeningMs,
    output: () => output,
    stop,
    start,
    dispose,
  };
}

/** @param cookie as a request sends it */
export function storageOf(cookie: string, domain = "127.0.0.1"): Storage {
  const common = { domain, path: "/", expires: -1, httpOnly: true, secure: false, sameSite: "Lax" as const };
  const cookies = cookie.split("; ").flatMap((pair) => {
    const [name, value] = pair.split(/=(.*)/s);
    return name && value !== undefined ? [{ name, value, ...common }] : [];
  });
  return { cookies, origins: [] };
}

/** @returns when it answered first, whatever it said; the clock is `performance.now()` */
async function waitUntilReady(url: string, child: ChildProcess, output: () => string): Promise<number> {
  const deadline = Date.now() + READY_WITHIN_MS;
  let answeredAt: number | undefined;
  while (Date.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`Unity ended with ${child.exitCode}:\n${output()}`);
    const answer = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(2_000) }).catch(() => undefined);
    if (answer) answeredAt ??= performance.now();
    if (answer?.ok && answeredAt !== undefined) return answeredAt;
    await new Promise((wake) => setTimeout(wake, ASK_EVERY_MS));
  }
  throw new Error(`Unity was not ready after ${READY_WITHIN_MS / 1_000} s:\n${output()}`);
}

function findFreePort(): Promise<number> {
  return new Promise((found, fail) => {
    const server = createServer();
    server.once("error", fail);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => (typeof address === "object" && address ? found(address.port) : fail(new Error("no port"))));
    });
  });
}
