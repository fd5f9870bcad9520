import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { describeService } from "../../scripts/services/describe-service";
import { type Engine, startDocker } from "./test-engine";

const MIB = 1_048_576;
/** The labels of a container's readings. */
const of = (container: string) => ({ container });

/** A real engine with containers of our own: what the plugin reads is what the test caused. */
describeService("docker", "Docker Engine", (service) => {
  let engine: Engine;
  const docker = (...args: string[]) => engine.ask(...args);
  const start = (name: string, given: string[], ...command: string[]) => engine.run(name, given, ...command);
  /**
   * One that runs out of memory, after what it does before. It waits until its start is over: the engine listens for such ends from
   * then on, and never learns of an earlier one.
   */
  const exhaust = async (name: string, given: string[], before = "") => {
    const gate = join(service.folder, "gate");
    mkdirSync(gate, { recursive: true });
    const wait = `until [ -e /gate/${name} ]; do sleep 0.1; done`;
    const own = ["--memory", "8m", "-v", `${gate}:/gate`, ...given];
    await start(name, own, "sh", "-c", `${before} ${wait}; echo > /mark; x=a; while :; do x=$x$x; done`);
    writeFileSync(join(gate, name), "");
  };
  const collect = (config: Record<string, unknown> = {}, options = {}) =>
    service.collect({ endpoint: engine.endpoint, ...config }, options);
  type Seen = Awaited<ReturnType<typeof collect>>;

  /** Collects until it is so; what the engine does takes its time. */
  async function until(isSo: (seen: Seen) => boolean, config = {}, options = {}): Promise<Seen> {
    let seen = await collect(config, options);
    await service.until(async () => {
      seen = await collect(config, options);
      return isSo(seen);
    });
    return seen;
  }

  beforeAll(async () => {
    engine = await startDocker(service);
    service.version(`Docker ${await docker("version", "--format", "{{.Server.Version}}")}`);
  });
  afterAll(() => engine?.stop());

  test("an engine without containers", async () => {
    const { value, inventory, partial } = await collect();
    expect(value("docker_containers_all")).toBe(0);
    expect(value("docker_images")).toBe(1);
    expect(value("docker_volumes")).toBe(0);
    expect(value("docker_engine_info", { engine: "docker" })).toBe(1);
    expect(inventory?.facts?.version).toBe(await docker("version", "--format", "{{.Server.Version}}"));
    expect(partial).toEqual([]);
  });

  test("tells healthy, unhealthy, crashed, out of memory, stopped and paused apart", async () => {
    const sleep = ["sleep", "600"];
    const labels = ["--label", "com.docker.compose.project=site"];
    const often = ["--health-interval", "1s"];
    const memory = service.memory();
    // From here on events are heard: the engine may learn that one ran out of memory only after it ended.
    await collect({}, { memory });
    await Promise.all([
      start("web", ["--health-cmd", "true", ...often, ...labels], ...sleep),
      start("sick", ["--health-cmd", "false", ...often, "--health-retries", "1"], ...sleep),
      start("crash", ["--restart", "on-failure:2"], "sh", "-c", "exit 3"),
      exhaust("oom", []),
      start("stopped", ["--restart", "unless-stopped"], ...sleep).then(() => docker("stop", "-t", "0", "stopped")),
      start("paused", [], ...sleep).then(() => docker("pause", "paused")),
    ]);

    const { value, partial, inventory } = await until(
      ({ value }) => {
        expect(value("docker_container_healthy", of("web")), "web").toBe(1);
        expect(value("docker_container_healthy", of("sick")), "sick").toBe(0);
        expect(value("docker_container_restart_count", of("crash")), "crash").toBe(2);
        expect(value("docker_containers", { state: "exited" }), "exited").toBe(3);
        expect(value("docker_container_oom_killed", of("oom")), "oom").toBe(1);
        return true;
      },
      {},
      { memory },
    );
    expect(partial).toEqual([]);
    expect(value("docker_containers", { state: "running" })).toBe(2);
    expect(value("docker_containers", { state: "paused" })).toBe(1);
    expect(value("docker_containers", { state: "exited" })).toBe(3);
    expect(value("docker_containers_unhealthy")).toBe(1);
    expect(value("docker_container_healthy", of("web"))).toBe(1);
    expect(value("docker_container_health_failing_streak", of("web"))).toBe(0);
    expect(value("docker_container_healthy", of("sick"))).toBe(0);
    expect(value("docker_container_health_failing_streak", of("sick"))).toBeGreaterThanOrEqual(1);
    expect(value("docker_container_healthy", of("paused"))).toBeUndefined();
    expect(value("docker_container_restarts_total", of("crash"))).toBe(2);
    expect(value("docker_container_exit_code", of("crash"))).toBe(3);
    expect(value("docker_container_down", of("crash"))).toBe(1);
    expect(value("docker_container_oom_killed", of("oom"))).toBe(1);
    expect(value("docker_container_exit_code", of("oom"))).toBe(137);
    expect(value("docker_container_down", of("oom"))).toBe(0);
    expect(value("docker_container_oom_killed", of("web"))).toBe(0);
    expect(value("docker_container_running", of("stopped"))).toBe(0);
    expect(value("docker_container_down", of("stopped"))).toBe(1);
    const rows = inventory?.lists?.containers ?? [];
    expect(rows.find(({ container }) => container === "web")).toMatchObject({
      state: "running",
      composeProject: "site",
    });
    const startedAt = Date.parse(await docker("inspect", "--format", "{{.State.StartedAt}}", "web")) / 1_000;
    expect(value("docker_container_started_timestamp_seconds", of("web"))).toBeCloseTo(startedAt, 2);
    // Each health check starts a process: left running they would slow down all that follows.
    await docker("rm", "-f", "web", "sick");
  });

  test("measures what a container uses", async () => {
    const busy =
      "dd if=/dev/zero of=/dev/shm/fill bs=1048576 count=12; dd if=/dev/zero of=/file bs=1048576 count=3; while :; do :; done";
    await start("busy", ["--memory", "64m"], "sh", "-c", busy);
    const config = { include: ["busy"], diskIntervalSeconds: 60 };
    const memory = "docker_container_memory_working_set_bytes";
    const before = await until(({ value }) => (value(memory, of("busy")) ?? 0) >= 12 * MIB, config);
    const cpu = (seen: Seen) => seen.value("docker_container_cpu_seconds_total", of("busy")) ?? 0;
    // Until it has written its file, dd is a process beside the shell.
    const after = await until(
      (seen) => cpu(seen) - cpu(before) > 0.5 && seen.value("docker_container_pids", of("busy")) === 1,
      config,
    );
    expect(cpu(after) - cpu(before)).toBeGreaterThan(0.5);
    expect(after.value(memory, of("busy"))).toBeGreaterThanOrEqual(12 * MIB);
    expect(after.value(memory, of("busy"))).toBeLessThan(20 * MIB);
    expect(after.value("docker_container_memory_limit_bytes", of("busy"))).toBe(64 * MIB);
    expect(after.value("docker_container_pids", of("busy"))).toBe(1);
    // The host's network is not the container's.
    expect(after.value("docker_container_network_receive_bytes_total", of("busy"))).toBeUndefined();
    expect(after.value("docker_disk_usage_bytes", { kind: "containers" })).toBeGreaterThanOrEqual(3 * MIB);
    expect(after.value("docker_containers_all")).toBe(1);
    await docker("rm", "-f", "busy");
  });

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
    expect((await collect()).value("docker_container_running", of("brief"))).toBe(1);
    await docker("stop", "-t", "0", "brief");
    const stopped = await collect();
    expect(stopped.value("docker_container_running", of("brief"))).toBe(0);
    expect(stopped.value("docker_container_exit_code", of("brief"))).toBe(137);
    expect((await collect({ includeStopped: false })).value("docker_container_running", of("brief"))).toBeUndefined();
    await docker("rm", "brief");
    expect((await collect()).value("docker_container_running", of("brief"))).toBeUndefined();
  });

  test("hears of one that was killed for memory between two runs and runs again", async () => {
    // Out of memory once; started again it finds its mark and stays.
    const once = "if [ -e /mark ]; then sleep 600; fi;";
    const memory = service.memory();
    const later = (seconds: number) => collect({}, { memory, now: Date.now() + seconds * 1_000 });
    await later(0);
    await exhaust("reborn", ["--restart", "always"], once);
    await until(
      ({ value }) =>
        value("docker_container_restart_count", of("reborn")) === 1 &&
        value("docker_container_running", of("reborn")) === 1,
    );
    // The engine itself forgets it, a moment after the container runs again.
    await service.until(async () => (await collect()).value("docker_container_oom_killed", of("reborn")) === 0);
    expect((await later(30)).value("docker_container_oom_killed", of("reborn"))).toBe(1);
    // The engine tells events to the second, so the next run may see the same one.
    await service.until(async () => (await later(60)).value("docker_container_oom_killed", of("reborn")) === 0);
  });

  test("caps the containers shown and says so", async () => {
    const { value, readings } = await collect({ maxContainers: 2 });
    expect(readings.filter(({ metric }) => metric === "docker_container_running")).toHaveLength(2);
    expect(value("docker_containers_truncated")).toBe(1);
    expect(value("docker_containers_all")).toBeGreaterThan(2);
  });

  test("says that there is no engine at another socket", async () => {
    const { failure } = await collect({ endpoint: `unix://${service.folder}/none.sock` });
    expect(failure).toMatchObject({ reason: "not_found", hint: expect.stringContaining("installed and running") });
  });

  test("says that an engine that was stopped is gone", async () => {
    await engine.stop();
    expect((await collect()).failure?.reason).toMatch(/^(unreachable|not_found)$/);
  });
});
