import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createDoors } from "../../server/collect/doors/doors";
import { collectReadings } from "../sdk/collect";
import { createMemory } from "../sdk/memory";
import plugin from ".";

/** This machine: what the plugin reads is what the test caused, or what the system's own tools say. */
const MIB = 1_048_576;
const run = (tool: string, ...args: string[]) =>
  execFileSync(tool, args, { stdio: ["ignore", "pipe", "pipe"] }).toString();
const title = (text: string, reason: string | undefined) => (reason ? `${text} (skipped: ${reason})` : text);
const linuxReason = process.platform === "linux" ? undefined : "needs Linux";
const rootReason = linuxReason ?? (process.getuid?.() === 0 ? undefined : "needs root");

let now = Date.now();
async function collect(config: Record<string, unknown> = {}, memory = createMemory(() => now)) {
  const { signal } = new AbortController();
  const { doors, close } = createDoors({ signal });
  const log = { debug: () => {}, warn: () => {} };
  const collected = await collectReadings(plugin, { config, doors, now, signal, memory, log });
  await close();
  expect({ failure: collected.failure, partial: collected.partial }).toEqual({ failure: undefined, partial: [] });
  const value = (metric: string, label?: string) => {
    const found = collected.readings.find(
      (reading) => reading.metric === metric && (!label || Object.values(reading.labels).includes(label)),
    );
    return typeof found?.value === "number" ? found.value : undefined;
  };
  return { ...collected, value };
}

/** Works with one CPU for so long, as the kernel counts it. Seconds. */
function work(seconds: number): void {
  const spent = () => (process.cpuUsage().user + process.cpuUsage().system) / 1_000_000;
  const end = spent() + seconds;
  while (spent() < end) Math.sqrt(Math.random());
}

describe.skipIf(linuxReason)(title("this machine", linuxReason), () => {
  test("says what Node.js and free say of it", async () => {
    const { value } = await collect();
    const [, , , , , , available = 0] = (run("free", "-b").split("\n")[1] ?? "").split(/\s+/).map(Number);
    expect(value("system_cpu_count")).toBe(os.cpus().length);
    expect(value("system_memory_total_bytes")).toBe(os.totalmem());
    expect(Math.abs((value("system_memory_available_bytes") ?? 0) - available)).toBeLessThan(0.05 * os.totalmem());
    expect(value("system_uptime_seconds")).toBeCloseTo(os.uptime(), -1);
    expect(value("system_boot_timestamp_seconds")).toBeCloseTo(Date.now() / 1_000 - os.uptime(), -1);
    expect(value("system_load_average", "1m")).toBeCloseTo(os.loadavg()[0] ?? 0, 0);
  });

  test("says what it is", async () => {
    const { readings, inventory } = await collect();
    expect(readings.find(({ metric }) => metric === "system_info")?.labels).toMatchObject({
      kernel: os.release(),
      arch: os.arch(),
      hostname: os.hostname(),
    });
    expect(inventory?.facts).toMatchObject({ threads: os.cpus().length, memoryBytes: os.totalmem() });
  });

  test("counts the work of the CPUs, and never more than there is", async () => {
    const memory = createMemory(() => now);
    const [before, startedAt] = [await collect({ perCpu: true }, memory), performance.now()];
    work(0.3);
    const [after, seconds] = [await collect({ perCpu: true }, memory), (performance.now() - startedAt) / 1_000];
    const grown = (mode: string) =>
      (after.value("system_cpu_seconds_total", mode) ?? 0) - (before.value("system_cpu_seconds_total", mode) ?? 0);
    const modes = ["user", "nice", "system", "idle", "iowait", "irq", "softirq", "steal"].map(grown);
    const all = modes.reduce((sum, one) => sum + one);
    // A hundredth of a second is the smallest step, for each CPU and mode.
    expect(grown("user") + grown("nice") + grown("system")).toBeGreaterThan(0.25);
    expect(all / (os.cpus().length * seconds)).toBeGreaterThan(0.8);
    expect(all / (os.cpus().length * seconds)).toBeLessThan(1.2);
    const usage = after.readings.find(({ metric }) => metric === "system_cpu_usage_ratio")?.value;
    expect(usage).toMatchObject({ part: expect.any(Number), whole: expect.any(Number) });
    const cores = after.readings.filter(({ metric }) => metric === "system_cpu_core_usage_ratio");
    expect(cores).toHaveLength(os.cpus().length);
  });

  test("counts started processes", async () => {
    const before = await collect();
    for (let index = 0; index < 10; index += 1) spawnSync("true");
    const after = await collect();
    const grown = (metric: string) => (after.value(metric) ?? 0) - (before.value(metric) ?? 0);
    expect(grown("system_forks_total")).toBeGreaterThanOrEqual(10);
    expect(grown("system_context_switches_total")).toBeGreaterThan(10);
  });

  test("sees memory go", async () => {
    const kept: Buffer[] = [];
    const grown: number[] = [];
    // Others on this machine give memory back meanwhile, but hardly at each of several moments.
    while (kept.length < 6 && Math.max(0, ...grown) < 100 * MIB) {
      const before = await collect();
      kept.push(Buffer.alloc(128 * MIB, 1));
      const after = await collect();
      const used = "system_memory_used_bytes";
      grown.push((after.value(used) ?? 0) - (before.value(used) ?? 0));
    }
    expect(Math.max(...grown)).toBeGreaterThan(100 * MIB);
  });

  test("reads the files of /proc alone ten seconds later", async () => {
    const memory = createMemory(() => now);
    expect((await collect({}, memory)).value("system_info")).toBe(1);
    now += 10_000;
    const { value, inventory } = await collect({}, memory);
    expect([value("system_info"), inventory, value("system_cpu_count")]).toEqual([
      undefined,
      undefined,
      os.cpus().length,
    ]);
  });
});

describe.skipIf(rootReason)(title("swap", rootReason), () => {
  const folder = mkdtempSync(join(os.tmpdir(), "unity-swap-"));
  afterAll(() => rmSync(folder, { recursive: true }));

  test("appears with the size it was given, or the machine refuses swap", async (context) => {
    const file = join(folder, "swap");
    writeFileSync(file, Buffer.alloc(16 * MIB), { mode: 0o600 });
    const before = await collect();
    try {
      run("mkswap", file);
      run("swapon", file);
    } catch (error) {
      context.skip(`needs mkswap and the right to swap: ${String(error).slice(0, 120)}`);
    }
    try {
      const after = await collect();
      const grown = (after.value("system_swap_total_bytes") ?? 0) - (before.value("system_swap_total_bytes") ?? 0);
      // The first page is the header.
      expect(grown).toBeGreaterThan(15.9 * MIB);
      expect(grown).toBeLessThanOrEqual(16 * MIB);
      expect(after.value("system_swap_used_ratio")).toBeLessThan(1);
    } finally {
      run("swapoff", file);
    }
  });
});

/** A group for memory of our own, under whichever version of cgroups rules here. */
function memoryRoot(): { root: string; limit: string } | undefined {
  if (existsSync("/sys/fs/cgroup/memory/memory.limit_in_bytes"))
    return { root: "/sys/fs/cgroup/memory", limit: "memory.limit_in_bytes" };
  const children = "/sys/fs/cgroup/cgroup.subtree_control";
  const hasMemory = existsSync(children) && readFileSync(children, "utf8").includes("memory");
  return hasMemory ? { root: "/sys/fs/cgroup", limit: "memory.max" } : undefined;
}
const groups = memoryRoot();
const groupReason = rootReason ?? (groups ? undefined : "needs the memory controller of cgroups");

describe.skipIf(groupReason)(title("memory that runs out", groupReason), () => {
  const folder = join(groups?.root ?? "", `unity-test-${process.pid}`);
  beforeAll(() => {
    mkdirSync(folder);
    writeFileSync(join(folder, groups?.limit ?? ""), String(24 * MIB));
  });
  afterAll(() => rmdirSync(folder));

  test("is counted when the kernel kills for it", async () => {
    const before = await collect();
    // tail keeps what has no line end: far more than the group may have.
    const script = `echo $$ > '${folder}/cgroup.procs' && head -c 200000000 /dev/zero | tail > /dev/null`;
    spawnSync("sh", ["-c", script], { stdio: "ignore" });
    const after = await collect();
    const kills = (after.value("system_oom_kills_total") ?? 0) - (before.value("system_oom_kills_total") ?? 0);
    expect(kills).toBeGreaterThanOrEqual(1);
  });
});
