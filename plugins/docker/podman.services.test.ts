import { afterAll, beforeAll, expect, test } from "vitest";
import { describeService } from "../../scripts/services/describe-service";
import { type Engine, startPodman } from "./test-engine";

const of = (container: string) => ({ container });

/** Podman behind the same API, which differs in small things. */
describeService("docker", "Podman", (service) => {
  let engine: Engine;
  const collect = (config = {}) => service.collect({ endpoint: engine.endpoint, ...config });

  beforeAll(async () => {
    engine = await startPodman(service);
    service.version(await engine.ask("--version"));
  });
  afterAll(() => engine?.stop());

  test("an engine without containers", async () => {
    const { value, failure, partial } = await collect();
    expect([failure, partial]).toEqual([undefined, []]);
    expect(value("docker_containers_all")).toBe(0);
    expect(value("docker_engine_info", { engine: "podman" })).toBe(1);
    expect(value("docker_images")).toBe(1);
  });

  test("tells running, ended and unhealthy containers apart, and what one uses", async () => {
    await Promise.all([
      engine.run("web", [], "sleep", "600"),
      engine.run("ended", [], "sh", "-c", "exit 3"),
      engine.run("sick", ["--health-cmd", "false", "--health-retries", "1"], "sleep", "600"),
      engine
        .run("stopped", ["--restart", "unless-stopped"], "sleep", "600")
        .then(() => engine.ask("stop", "-t", "0", "stopped")),
    ]);
    // Podman leaves the checks to systemd's timers; here they are run by hand. The command fails because the check does.
    await engine.ask("healthcheck", "run", "sick").catch(() => "");
    let seen = await collect();
    await service.until(async () => {
      seen = await collect();
      return (
        seen.value("docker_container_exit_code", of("ended")) === 3 &&
        seen.value("docker_containers", { state: "exited" }) === 2
      );
    });
    const { value, partial } = seen;
    expect(partial).toEqual([]);
    expect(value("docker_containers", { state: "running" })).toBe(2);
    expect(value("docker_container_running", of("web"))).toBe(1);
    expect(value("docker_container_running", of("ended"))).toBe(0);
    expect(value("docker_container_down", of("stopped"))).toBe(1);
    expect(value("docker_container_healthy", of("web"))).toBeUndefined();
    expect(value("docker_container_healthy", of("sick"))).toBe(0);
    expect(value("docker_containers_unhealthy")).toBe(1);
    expect(value("docker_container_memory_working_set_bytes", of("web"))).toBeGreaterThan(0);
    expect(value("docker_container_pids", of("web"))).toBeGreaterThanOrEqual(1);
  });

  test("notices that one is gone, and that the engine is", async () => {
    await engine.ask("rm", "-f", "-t", "0", "web");
    expect((await collect()).value("docker_container_running", of("web"))).toBeUndefined();
    await engine.stop();
    expect((await collect()).failure?.reason).toMatch(/^(unreachable|not_found)$/);
  });
});
