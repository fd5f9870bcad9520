import { beforeAll, expect, test } from "vitest";
import { bracket, expectWithin } from "../../scripts/services/bracket";
import { describeService } from "../../scripts/services/describe-service";

/**
 * Of what goes up and down, what may change between two looks at a machine that is busy with tests: a hundredth of its memory, an average
 * that is made anew every five seconds.
 */
const MEMORY = 0.01;
const LOAD = 0.2;
const TICK_SECONDS = 0.01;

/** This machine, against what the node exporter of Prometheus sees of it. */
describeService("system-info", "Linux", (service) => {
  let port = 0;
  const look = () => bracket(port, () => service.collect({}));
  type Ranged = Awaited<ReturnType<typeof look>>["range"];
  /** The kernel adds first and then cuts to hundredths; the exporter adds what was cut for each processor. */
  const timeOf = (range: Ranged, cpus: readonly string[], mode: string) => {
    const told = range("node_cpu_seconds_total", ...cpus.map((cpu) => ({ cpu, mode })));
    return told && { low: told.low, high: told.high + cpus.length * TICK_SECONDS };
  };

  beforeAll(async () => {
    port = await service.port();
    const args = [`--web.listen-address=127.0.0.1:${port}`, "--no-collector.systemd"];
    await service.start("prometheus-node-exporter", args, { port });
    service.version(await service.run("prometheus-node-exporter", ["--version"]));
  });

  test("time of the processors is the sum of each, to a hundredth of a second of each", async () => {
    const { result: seen, range } = await look();
    const cpus = Array.from({ length: seen.value("system_cpu_count") ?? 0 }, (_, index) => String(index));
    expect(cpus.length).toBeGreaterThan(0);
    for (const mode of ["user", "nice", "system", "irq", "softirq", "steal"])
      expectWithin(mode, seen.value("system_cpu_seconds_total", { mode }), timeOf(range, cpus, mode));
    // These two may go back: the kernel takes idle time from one to give it to the other.
    await service.until(async () => {
      const idle = await look();
      for (const mode of ["idle", "iowait"])
        expectWithin(mode, idle.result.value("system_cpu_seconds_total", { mode }), timeOf(idle.range, cpus, mode));
      return true;
    });
  });

  test("counters lie between the exporter's, and facts are the same", async () => {
    const { result: seen, range } = await look();
    const same = [
      ["system_context_switches_total", "node_context_switches_total"],
      ["system_forks_total", "node_forks_total"],
      ["system_boot_timestamp_seconds", "node_boot_time_seconds"],
      ["system_file_descriptors_max", "node_filefd_maximum"],
      ["system_memory_total_bytes", "node_memory_MemTotal_bytes"],
      ["system_swap_total_bytes", "node_memory_SwapTotal_bytes"],
      ["system_oom_kills_total", "node_vmstat_oom_kill"],
      ["system_swap_in_pages_total", "node_vmstat_pswpin"],
      ["system_swap_out_pages_total", "node_vmstat_pswpout"],
    ] as const;
    for (const [ours, theirs] of same) expectWithin(ours, seen.value(ours), range(theirs));
  });

  test("memory, load and open files are near", () =>
    // What another test takes and gives back between two looks is seen by one of them only.
    service.until(async () => {
      const { result: seen, range } = await look();
      for (const [ours, theirs, tolerance] of [
        ["system_memory_available_bytes", "node_memory_MemAvailable_bytes", MEMORY],
        ["system_memory_cached_bytes", "node_memory_Cached_bytes", 0.2],
        ["system_memory_buffers_bytes", "node_memory_Buffers_bytes", 0.2],
        ["system_file_descriptors_allocated", "node_filefd_allocated", 0.25],
      ] as const)
        expectWithin(ours, seen.value(ours), range(theirs), tolerance);
      for (const [window, theirs] of [
        ["1m", "node_load1"],
        ["5m", "node_load5"],
        ["15m", "node_load15"],
      ] as const)
        expectWithin(window, seen.value("system_load_average", { window }), range(theirs), LOAD);
      return true;
    }));

  test("pressure lies between the exporter's, where the kernel tells it", async () => {
    const { result: seen, range } = await look();
    const names = [
      ["cpu", "some", "node_pressure_cpu_waiting_seconds_total"],
      ["memory", "some", "node_pressure_memory_waiting_seconds_total"],
      ["memory", "full", "node_pressure_memory_stalled_seconds_total"],
      ["io", "some", "node_pressure_io_waiting_seconds_total"],
      ["io", "full", "node_pressure_io_stalled_seconds_total"],
    ] as const;
    for (const [resource, kind, theirs] of names) {
      const told = range(theirs);
      const value = seen.value("system_pressure_stalled_seconds_total", { resource, kind });
      if (told === undefined) expect(value).toBeUndefined();
      else expectWithin(`${resource} ${kind}`, value, told);
    }
  });

  test("a process that keeps a processor busy is seen by both alike", async () => {
    const cpus = Array.from({ length: (await service.collect({})).value("system_cpu_count") ?? 0 }, (_, index) =>
      String(index),
    );
    const mode = "user";
    const first = await look();
    const busy = await service.start("sh", ["-c", "while :; do :; done"]);
    const value = (seen: { value: typeof first.result.value }) => seen.value("system_cpu_seconds_total", { mode }) ?? 0;
    await service.until(async () => value(await service.collect({})) - value(first.result) > 1);
    const second = await look();
    await busy.stop();
    const sets = cpus.map((cpu) => ({ cpu, mode }));
    expect(
      (second.range("node_cpu_seconds_total", ...sets)?.high ?? 0) -
        (first.range("node_cpu_seconds_total", ...sets)?.low ?? 0),
    ).toBeGreaterThan(1);
    expectWithin(mode, value(second.result), timeOf(second.range, cpus, mode));
  });
});
