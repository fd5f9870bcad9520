import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createDoors } from "../../server/collect/doors/doors";
import { collectReadings } from "../sdk/collect";
import { createMemory } from "../sdk/memory";
import plugin from ".";
import { parseStat, TICKS_PER_SECOND } from "./parse";

/** Real processes: what the plugin reads is what the test caused. */
const MIB = 1_048_576;
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Runs of one instance, with its memory. */
function startInstance(config: Record<string, unknown>) {
  let now = Date.now();
  const memory = createMemory(() => now);
  const run = async () => {
    const { signal } = new AbortController();
    const { doors, close } = createDoors({ signal });
    const log = { debug: () => {}, warn: () => {} };
    const collected = await collectReadings(plugin, { config, doors, now, signal, memory, log });
    await close();
    expect(collected.failure).toBeUndefined();
    const value = (metric: string, label?: string) => {
      const found = collected.readings.find(
        (entry) => entry.metric === metric && (label === undefined || Object.values(entry.labels).includes(label)),
      );
      return typeof found?.value === "number" ? found.value : undefined;
    };
    return { ...collected, value };
  };
  return { run, pass: (seconds: number) => (now += seconds * 1_000) };
}

const statOf = (pid: number | undefined) => {
  const stat = parseStat(readFileSync(`/proc/${pid}/stat`, "utf8"));
  if (!stat || stat === "dead") throw new Error(`Process ${pid} is gone.`);
  return stat;
};
async function until(holds: () => boolean): Promise<void> {
  for (const endAt = Date.now() + 20_000; !holds(); await pause(20))
    if (Date.now() > endAt) throw new Error("What the test started did not begin in 20 s.");
}

const onLinux = process.platform === "linux";
describe.skipIf(!onLinux)(onLinux ? "real processes" : "real processes (skipped: needs Linux)", () => {
  const folder = mkdtempSync(join(tmpdir(), "unity-process-"));
  const user = userInfo().username;
  const children: ChildProcess[] = [];
  afterAll(() => {
    for (const child of children) child.kill("SIGKILL");
    rmSync(folder, { recursive: true });
  });

  /** Starts a shell script; its file's name is the name of the process. */
  async function start(name: string, script: string, ...args: string[]): Promise<ChildProcess> {
    const file = join(folder, name);
    writeFileSync(file, `#!/bin/sh\n${script}\n`);
    chmodSync(file, 0o755);
    const child = spawn(file, args, { stdio: "ignore" });
    children.push(child);
    await until(() => statOf(child.pid).comm === name.slice(0, 15));
    return child;
  }
  async function stop(child: ChildProcess): Promise<void> {
    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGKILL");
    await ended;
  }
  const loop = "while :; do :; done";
  /** `read` from a pipe that nobody writes to waits without a process of its own. */
  const wait = `mkfifo "$0.$$" && read line <>"$0.$$"`;
  /** What makes the pipe has the script's name until it becomes `mkfifo`: only then is there one of that name. */
  async function startWaiting(name: string): Promise<ChildProcess> {
    const child = await start(name, wait);
    const pipe = `${join(folder, name)}.${child.pid}`;
    await until(() => existsSync(pipe) && readFileSync(`/proc/${child.pid}/task/${child.pid}/children`, "utf8") === "");
    return child;
  }

  test("a busy loop has used what the kernel says", async () => {
    const busy = await start("unity-busy", loop);
    const { run, pass } = startInstance({ topN: 100, watch: ["unity-busy"] });
    const bounds: { ticks: number; at: number }[] = [];
    const mark = () => bounds.push({ ticks: statOf(busy.pid).cpuTicks, at: performance.now() });
    mark();
    const first = await run();
    mark();
    await pause(2_000);
    pass(10);
    mark();
    const { value } = await run();
    mark();
    await stop(busy);
    const [a, b, c, d] = bounds;
    if (!a || !b || !c || !d) throw new Error("There are four.");
    // The two readings lie between the first and the last two marks; the clock of both counts in hundredths.
    const least = (c.ticks - b.ticks) / TICKS_PER_SECOND / ((d.at - a.at + 20) / 1_000);
    const most = (d.ticks - a.ticks) / TICKS_PER_SECOND / ((c.at - b.at - 20) / 1_000);
    expect(least).toBeGreaterThan(0);
    for (const metric of ["process_watch_cpu_ratio", "process_top_cpu_ratio"]) {
      expect(first.value(metric, "unity-busy")).toBeUndefined();
      expect(value(metric, "unity-busy")).toBeGreaterThanOrEqual(least);
      expect(value(metric, "unity-busy")).toBeLessThanOrEqual(most);
    }
    const { labels } = first.readings.find((entry) => entry.labels.comm === "unity-busy") ?? {};
    expect(labels).toEqual({ comm: "unity-busy", user });
  });

  test("counts a zombie whose parent does not wait, and names the parent", async () => {
    const before = (await startInstance({}).run()).value("process_count", "zombie") ?? 0;
    // The shell becomes another program, which knows nothing of its child.
    const parent = spawn("/bin/sh", ["-c", "true & exec sleep 60"], { stdio: "ignore" });
    children.push(parent);
    const zombies = () =>
      readdirSync("/proc")
        .filter((name) => /^\d+$/.test(name))
        .filter((name) => {
          try {
            const { parentPid, state } = statOf(Number(name));
            return parentPid === parent.pid && state === "zombie";
          } catch {
            return false;
          }
        });
    await until(() => zombies().length === 1 && statOf(parent.pid).comm === "sleep");
    const { value, inventory } = await startInstance({}).run();
    const rows = inventory?.lists?.zombies ?? [];
    await stop(parent);
    // Others' zombies come and go on a busy machine.
    expect(value("process_count", "zombie")).toBeGreaterThanOrEqual(Math.max(1, before - 5));
    if (rows.length < 20)
      expect(rows).toContainEqual(expect.objectContaining({ parentPid: String(parent.pid), parent: "sleep" }));
  });

  test.each(["odd) Z 1 (2", "a b) R", "((x))", "line\nend)", "<b>é"])(
    "finds a process that calls itself %j",
    async (name) => {
      const child = await startWaiting(name);
      const watch = [{ name: "odd", pattern: name }];
      const { value, partial } = await startInstance({ watch }).run();
      await stop(child);
      expect(partial.filter(({ reason }) => reason === "parse")).toEqual([]);
      expect([value("process_watch_up", "odd"), value("process_watch_count", "odd")]).toEqual([1, 1]);
    },
  );

  test("memory, open files, start and command line of a process are what it took", async () => {
    const program = join(folder, "unity-large");
    symlinkSync(process.execPath, program);
    const code = `const fs = require("fs");
      const kept = Buffer.alloc(${200 * MIB}, 1);
      const files = Array.from({ length: 60 }, () => fs.openSync("/dev/null"));
      setInterval(() => kept.length + files.length, 1000);
      // Once its loop runs it opens nothing more. One too many is the folder that is read.
      setImmediate(() => fs.writeSync(1, String(fs.readdirSync("/proc/self/fd").length - 1)));`;
    const startedAt = Date.now();
    const child = spawn(program, ["-e", code, "--", "--password=hunter2"], { stdio: ["ignore", "pipe", "ignore"] });
    children.push(child);
    const [counted] = await once(child.stdout, "data");
    const opened = () => readdirSync(`/proc/${child.pid}/fd`).length;
    await until(() => opened() === Number(counted));
    expect(statOf(child.pid).comm).toBe("unity-large");
    const { value, inventory } = await startInstance({
      includeCommands: true,
      watch: ["unity-large", "by-path = exe /\\/node$/", "by-line = cmdline --password=hunter2"],
    }).run();
    const openNow = opened();
    await stop(child);
    const memory = value("process_watch_memory_bytes", "unity-large") ?? 0;
    expect(memory).toBeGreaterThan(200 * MIB);
    expect(memory).toBeLessThan(400 * MIB);
    expect(value("process_top_memory_bytes", "unity-large")).toBe(memory);
    expect(openNow).toBeGreaterThan(60);
    expect(value("process_watch_open_fds", "unity-large")).toBe(openNow);
    expect(
      Math.abs((value("process_watch_start_timestamp_seconds", "unity-large") ?? 0) - startedAt / 1_000),
    ).toBeLessThan(10);
    expect(value("process_watch_count", "by-path")).toBeGreaterThanOrEqual(1);
    expect(value("process_watch_up", "by-line")).toBe(1);
    expect(JSON.stringify(inventory)).not.toContain("hunter2");
  });

  test("sees that a watched process is gone, and its return as a restart", async () => {
    const { run, pass } = startInstance({ watch: ["unity-restarts"] });
    const seen = async () => {
      const { value } = await run();
      pass(10);
      return [value("process_watch_up", "unity-restarts"), value("process_watch_restarts_total", "unity-restarts")];
    };
    expect(await seen()).toEqual([0, undefined]);
    const first = await startWaiting("unity-restarts");
    expect(await seen()).toEqual([1, 0]);
    await stop(first);
    expect(await seen()).toEqual([0, 0]);
    const second = await startWaiting("unity-restarts");
    expect(await seen()).toEqual([1, 1]);
    await stop(second);
  });

  test("names that come and go get no series of their own", async () => {
    const { run, pass } = startInstance({ topN: 1 });
    const names = new Set<string>();
    for (let round = 0; round < 6; round += 1) {
      const child = await start(`unity-${round}-${process.pid}`, loop);
      await pause(600);
      for (const { metric, labels } of (await run()).readings)
        if (metric === "process_top_count" && labels.comm?.startsWith("unity-")) names.add(labels.comm);
      pass(10);
      await stop(child);
    }
    // Of the first two runs, which know no processor times before, a name may be taken at once.
    expect(names.size).toBeLessThanOrEqual(2);
  });
});

const isRoot = process.getuid?.() === 0;
const mountReason = onLinux && isRoot ? undefined : "needs Linux and root to mount";
describe.skipIf(mountReason)(mountReason ? `host's proc (skipped: ${mountReason})` : "host's proc", () => {
  const folder = mkdtempSync(join(tmpdir(), "unity-host-"));
  const procRoot = join(folder, "proc");
  beforeAll(() => {
    mkdirSync(procRoot);
    execFileSync("mount", ["--bind", "/proc", procRoot]);
  });
  afterAll(() => {
    execFileSync("umount", [procRoot]);
    rmdirSync(procRoot);
    rmdirSync(folder);
  });

  test("mounted elsewhere says the same, at about the same cost", async () => {
    const own = await startInstance({}).run();
    const host = await startInstance({ procRoot }).run();
    const total = ({ readings }: typeof own) =>
      readings.reduce((sum, { metric, value }) => (metric === "process_count" ? sum + Number(value) : sum), 0);
    expect(Math.abs(total(host) - total(own))).toBeLessThan(30);
    expect(host.value("process_group_count", "root")).toBeGreaterThan(0);
  });
});
