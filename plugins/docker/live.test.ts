import { execFile, execFileSync, spawn } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createDoors } from "../../server/collect/doors/doors";
import { validateReadings } from "../../server/collect/validate";
import { collectReadings } from "../sdk/collect";
import { createMemory } from "../sdk/memory";
import plugin from ".";

/** A real engine with containers of our own: what the plugin reads is what the test caused. */
const MIB = 1_048_576;
/** What is needed, and the Debian package that has it. Unpacked elsewhere they will do too, with their folders on the PATH. */
const TOOLS = {
  dockerd: "docker.io",
  docker: "docker.io",
  containerd: "containerd",
  runc: "runc",
  tar: "tar",
  umount: "mount",
} as const;
const BUSYBOX = "/bin/busybox";
const PATH = `${process.env.PATH}:/usr/sbin:/sbin`;
const options = { env: { ...process.env, PATH } };
const run = (tool: string, ...args: string[]) =>
  execFileSync(tool, args, { ...options, stdio: ["ignore", "pipe", "pipe"] })
    .toString()
    .trim();
const isThere = (tool: string) => {
  try {
    return run("which", tool) !== "";
  } catch {
    return false;
  }
};

function whyNot(): string | undefined {
  if (process.platform !== "linux") return "needs Linux";
  if (process.getuid?.() !== 0) return "needs root";
  const missing = Object.entries(TOOLS).filter(([tool]) => !isThere(tool));
  const what = [...missing.map(([tool]) => tool), ...(isStatic(BUSYBOX) ? [] : ["a static busybox"])];
  const packages = new Set([...missing.map(([, name]) => name), ...(isStatic(BUSYBOX) ? [] : ["busybox-static"])]);
  return what.length > 0 ? `needs ${what.join(", ")}: apt-get install ${[...packages].join(" ")}` : undefined;
}
/** A dynamic program names its loader, which the image does not have. */
const isStatic = (path: string) => existsSync(path) && !readFileSync(path).includes("/ld-linux");

const reason = whyNot();
describe.skipIf(reason)(`a real engine${reason ? ` (skipped: ${reason})` : ""}`, () => {
  let folder = "";
  let pid = 0;
  let now = Date.now();
  const endpoint = () => `unix://${folder}/docker.sock`;
  /** Not waiting for one before the next: the engine takes most of a second for each container. */
  const docker = async (...args: string[]) =>
    (await promisify(execFile)("docker", ["-H", endpoint(), ...args], options)).stdout.trim();
  const start = (name: string, given: string[], ...command: string[]) =>
    docker("run", "-d", "--name", name, "--network", "host", ...given, "bb:1", ...command);

  async function collect(config: Record<string, unknown> = {}, memory = createMemory(() => now)) {
    const { signal } = new AbortController();
    const { doors, close } = createDoors({ signal });
    const log = { debug: () => {}, warn: () => {} };
    const given = { endpoint: endpoint(), ...config };
    const collected = await collectReadings(plugin, { config: given, doors, now, signal, memory, log });
    await close();
    expect(validateReadings(plugin.metrics, collected.readings).remarks).toEqual([]);
    const value = (metric: string, label = "") => {
      const matches = ({ labels }: (typeof collected.readings)[number]) =>
        label === "" || Object.values(labels).includes(label);
      const found = collected.readings.find((entry) => entry.metric === metric && matches(entry));
      return typeof found?.value === "number" ? found.value : undefined;
    };
    return { ...collected, value };
  }
  type Seen = Awaited<ReturnType<typeof collect>>;

  /** Collects until it is so; what the engine does takes its time. */
  async function until(isSo: (seen: Seen) => boolean, config: Record<string, unknown> = {}): Promise<Seen> {
    const deadline = performance.now() + 25_000;
    for (;;) {
      const seen = await collect(config);
      if (isSo(seen) || performance.now() > deadline) return seen;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "unity-docker-"));
    const log = openSync(join(folder, "log"), "w");
    // No bridge and no firewall rules: the machine's network is left as it is.
    const quiet = ["--iptables=false", "--ip6tables=false", "--ip-forward=false", "--ip-masq=false", "--bridge=none"];
    const own = ["--data-root", join(folder, "data"), "--exec-root", join(folder, "exec")];
    const listen = ["-H", endpoint(), "--pidfile", join(folder, "pid")];
    const engine = spawn("dockerd", [...listen, ...own, ...quiet, "--storage-driver=vfs"], {
      ...options,
      stdio: ["ignore", log, log],
    });
    pid = engine.pid ?? 0;
    const ready = await until(({ failure }) => failure === undefined);
    if (ready.failure) throw new Error(`The engine did not start: ${readFileSync(join(folder, "log"), "utf8")}`);

    mkdirSync(join(folder, "image/bin"), { recursive: true });
    copyFileSync(BUSYBOX, join(folder, "image/bin/busybox"));
    for (const tool of ["sh", "sleep", "dd"]) symlinkSync("busybox", join(folder, "image/bin", tool));
    run("tar", "-C", join(folder, "image"), "-cf", join(folder, "image.tar"), ".");
    await docker("import", join(folder, "image.tar"), "bb:1");
  }, 40_000);

  afterAll(async () => {
    try {
      const left = (await docker("ps", "-aq")).split("\n").filter(Boolean);
      await Promise.all(left.map((container) => docker("rm", "-f", container)));
    } finally {
      if (pid > 0) process.kill(pid, "SIGTERM");
      while (existsSync(join(folder, "pid"))) await new Promise((resolve) => setTimeout(resolve, 100));
      for (const line of readFileSync("/proc/self/mounts", "utf8").split("\n")) {
        const mount = line.split(" ")[1] ?? "";
        if (mount.startsWith(folder)) run("umount", mount);
      }
      rmSync(folder, { recursive: true });
    }
  }, 20_000);

  test("an engine without containers", async () => {
    const { value, inventory, partial } = await collect();
    expect(value("docker_containers_all")).toBe(0);
    expect(value("docker_images")).toBe(1);
    expect(value("docker_volumes")).toBe(0);
    expect(value("docker_engine_info", "docker")).toBe(1);
    expect(inventory?.facts?.version).toBe(await docker("version", "--format", "{{.Server.Version}}"));
    expect(partial).toEqual([]);
  });

  test("tells healthy, unhealthy, crashed, out of memory, stopped and paused apart", async () => {
    const sleep = ["sleep", "600"];
    const labels = ["--label", "com.docker.compose.project=site"];
    const often = ["--health-interval", "1s"];
    await Promise.all([
      start("web", ["--health-cmd", "true", ...often, ...labels], ...sleep),
      start("sick", ["--health-cmd", "false", ...often, "--health-retries", "1"], ...sleep),
      start("crash", ["--restart", "on-failure:2"], "sh", "-c", "exit 3"),
      start("oom", ["--memory", "8m"], "sh", "-c", "x=a; while :; do x=$x$x; done"),
      start("stopped", ["--restart", "unless-stopped"], ...sleep).then(() => docker("stop", "-t", "0", "stopped")),
      start("paused", [], ...sleep).then(() => docker("pause", "paused")),
    ]);

    const { value, partial, inventory } = await until(
      ({ value }) =>
        value("docker_container_healthy", "web") === 1 &&
        value("docker_container_healthy", "sick") === 0 &&
        value("docker_container_restart_count", "crash") === 2 &&
        value("docker_container_exit_code", "crash") === 3 &&
        value("docker_container_exit_code", "oom") !== undefined,
    );
    expect(partial).toEqual([]);
    expect(value("docker_containers", "running")).toBe(2);
    expect(value("docker_containers", "paused")).toBe(1);
    expect(value("docker_containers", "exited")).toBe(3);
    expect(value("docker_containers_unhealthy")).toBe(1);
    expect(value("docker_container_healthy", "web")).toBe(1);
    expect(value("docker_container_health_failing_streak", "web")).toBe(0);
    expect(value("docker_container_healthy", "sick")).toBe(0);
    expect(value("docker_container_health_failing_streak", "sick")).toBeGreaterThanOrEqual(1);
    expect(value("docker_container_healthy", "paused")).toBeUndefined();
    expect(value("docker_container_restarts_total", "crash")).toBe(2);
    expect(value("docker_container_exit_code", "crash")).toBe(3);
    expect(value("docker_container_down", "crash")).toBe(1);
    expect(value("docker_container_oom_killed", "oom")).toBe(1);
    expect(value("docker_container_exit_code", "oom")).toBe(137);
    expect(value("docker_container_down", "oom")).toBe(0);
    expect(value("docker_container_oom_killed", "web")).toBe(0);
    expect(value("docker_container_running", "stopped")).toBe(0);
    expect(value("docker_container_down", "stopped")).toBe(1);
    const rows = inventory?.lists?.containers ?? [];
    expect(rows.find(({ container }) => container === "web")).toMatchObject({
      state: "running",
      composeProject: "site",
    });
    const startedAt = Date.parse(await docker("inspect", "--format", "{{.State.StartedAt}}", "web")) / 1_000;
    expect(value("docker_container_started_timestamp_seconds", "web")).toBeCloseTo(startedAt, 2);
    // Each health check starts a process: left running they would slow down all that follows.
    await docker("rm", "-f", "web", "sick");
  }, 40_000);

  test("measures what a container uses", async () => {
    const busy =
      "dd if=/dev/zero of=/dev/shm/fill bs=1048576 count=12; dd if=/dev/zero of=/file bs=1048576 count=3; while :; do :; done";
    await start("busy", ["--memory", "64m"], "sh", "-c", busy);
    const config = { include: ["busy"], diskIntervalSeconds: 60 };
    const memory = "docker_container_memory_working_set_bytes";
    const before = await until(({ value }) => (value(memory, "busy") ?? 0) >= 12 * MIB, config);
    const cpu = (seen: Seen) => seen.value("docker_container_cpu_seconds_total", "busy") ?? 0;
    const after = await until((seen) => cpu(seen) - cpu(before) > 0.5, config);
    expect(cpu(after) - cpu(before)).toBeGreaterThan(0.5);
    expect(after.value(memory, "busy")).toBeGreaterThanOrEqual(12 * MIB);
    expect(after.value(memory, "busy")).toBeLessThan(20 * MIB);
    expect(after.value("docker_container_memory_limit_bytes", "busy")).toBe(64 * MIB);
    expect(after.value("docker_container_pids", "busy")).toBe(1);
    // The host's network is not the container's.
    expect(after.value("docker_container_network_receive_bytes_total", "busy")).toBeUndefined();
    expect(after.value("docker_disk_usage_bytes", "containers")).toBeGreaterThanOrEqual(3 * MIB);
    expect(after.value("docker_containers_all")).toBe(1);
    await docker("rm", "-f", "busy");
  }, 40_000);

  test("counts volumes, and those that nobody uses", async () => {
    await Promise.all(["used", "unused"].map((name) => docker("volume", "create", name)));
    await docker("create", "--name", "keeper", "-v", "used:/data", "bb:1", "sleep", "1");
    const { value } = await collect();
    expect(value("docker_volumes")).toBe(2);
    expect(value("docker_volumes_unused")).toBe(1);
    await docker("rm", "keeper");
  });

  test("notices that a container was stopped, and then that it is gone", async () => {
    await start("brief", [], "sleep", "600");
    expect((await collect()).value("docker_container_running", "brief")).toBe(1);
    await docker("stop", "-t", "0", "brief");
    const stopped = await collect();
    expect(stopped.value("docker_container_running", "brief")).toBe(0);
    expect(stopped.value("docker_container_exit_code", "brief")).toBe(137);
    expect((await collect({ includeStopped: false })).value("docker_container_running", "brief")).toBeUndefined();
    await docker("rm", "brief");
    expect((await collect()).value("docker_container_running", "brief")).toBeUndefined();
  });

  test("hears of one that was killed for memory between two runs and runs again", async () => {
    // Out of memory once; started again it finds its mark and stays.
    const once = "if [ -e /mark ]; then sleep 600; fi; echo > /mark; x=a; while :; do x=$x$x; done";
    const memory = createMemory(() => now);
    await collect({}, memory);
    await start("reborn", ["--memory", "8m", "--restart", "always"], "sh", "-c", once);
    await until(
      ({ value }) =>
        value("docker_container_restart_count", "reborn") === 1 && value("docker_container_running", "reborn") === 1,
    );
    expect((await collect()).value("docker_container_oom_killed", "reborn")).toBe(0);
    now += 30_000;
    expect((await collect({}, memory)).value("docker_container_oom_killed", "reborn")).toBe(1);
    now += 30_000;
    expect((await collect({}, memory)).value("docker_container_oom_killed", "reborn")).toBe(0);
  }, 40_000);

  test("caps the containers shown and says so", async () => {
    const { value, readings } = await collect({ maxContainers: 2 });
    expect(readings.filter(({ metric }) => metric === "docker_container_running")).toHaveLength(2);
    expect(value("docker_containers_truncated")).toBe(1);
    expect(value("docker_containers_all")).toBeGreaterThan(2);
  });

  test("says that there is no engine at another socket", async () => {
    const { failure } = await collect({ endpoint: `unix://${folder}/none.sock` });
    expect(failure).toMatchObject({ reason: "not_found", hint: expect.stringContaining("installed and running") });
  });
});
