import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as pause } from "node:timers/promises";

/** Processes that share a database share the key of its secrets. */
export const TEST_KEY = "00".repeat(32);

export interface State {
  readonly held: readonly string[];
  readonly leads: boolean;
  readonly processes: readonly { id: string; host: string }[];
}

/** A Unity in a process of its own. */
export interface TestUnity {
  state(): State;
  /** Instances that were published, since the last time it was asked. */
  live(): Set<string>;
  signal(signal: NodeJS.Signals): void;
  /** Ends it, however it does; resolves when it is gone. */
  end(signal: "SIGTERM" | "SIGKILL"): Promise<void>;
}

export async function startUnity(
  databaseUrl: string,
  host: string,
  env: Readonly<Record<string, string>> = {},
): Promise<TestUnity> {
  const folder = await mkdtemp(join(tmpdir(), "unity-cluster-"));
  const child = spawn(process.execPath, ["--import", "tsx", join(import.meta.dirname, "test-process.ts")], {
    env: {
      ...process.env,
      DATABASE_URL: databaseUrl,
      UNITY_HOSTNAME: host,
      UNITY_DATA: folder,
      UNITY_SECRET_KEY: TEST_KEY,
      ...env,
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const exited = once(child, "exit");
  let state: State = { held: [], leads: false, processes: [] };
  let live = new Set<string>();
  let started = false;
  createInterface(child.stdout).on("line", (line) => {
    const { what, fact } = JSON.parse(line);
    if (what === "state") state = fact;
    else if (what === "live") live.add(fact);
    else started = true;
  });
  await until(() => started || child.exitCode !== null, 60_000);
  return {
    state: () => state,
    live() {
      const seen = live;
      live = new Set();
      return seen;
    },
    signal: (signal) => void child.kill(signal),
    async end(signal) {
      if (child.exitCode === null && child.signalCode === null) child.kill(signal);
      await exited;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** @throws Error when it is not so in that time */
export async function until(holds: () => boolean, withinMs: number): Promise<void> {
  for (const end = Date.now() + withinMs; !holds(); await pause(20))
    if (Date.now() > end) throw new Error(`not so within ${withinMs} ms: ${holds}`);
}

/** Something to be asked, that notes when each of its paths was. */
export async function startTarget() {
  const hits = new Map<string, number[]>();
  const server = createServer((request, response) => {
    const path = request.url ?? "";
    hits.set(path, [...(hits.get(path) ?? []), Date.now()]);
    response.end("ok");
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    address: (path: string) => `http://127.0.0.1:${port}${path}`,
    hits: (path: string): readonly number[] => hits.get(path) ?? [],
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
