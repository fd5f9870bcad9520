import { join } from "node:path";
import { expect, test } from "vitest";
import { describeService } from "../../scripts/services/describe-service";
import { scrapeExporter } from "../../scripts/services/scrape-exporter";

describeService("prometheus", "node exporter", (service) => {
  let port = 0;
  const read = async (config: object = {}) => service.collect({ url: `http://127.0.0.1:${port}`, ...config });

  test("its page becomes readings of the same names and values", async () => {
    port = await service.port();
    await service.start("prometheus-node-exporter", [`--web.listen-address=127.0.0.1:${port}`], { port });
    service.version(await service.run("prometheus-node-exporter", ["--version"]));
    const seen = await read();
    const exporter = await scrapeExporter(port);
    expect(seen.failure).toBeUndefined();
    for (const name of ["node_memory_MemTotal_bytes", "node_boot_time_seconds", "process_start_time_seconds"])
      expect([name, seen.value(name)]).toEqual([name, exporter(name)]);
    const idle = { cpu: "0", mode: "idle" };
    expect(seen.value("node_cpu_seconds_total", idle)).toBeLessThanOrEqual(
      exporter("node_cpu_seconds_total", idle) ?? 0,
    );
    expect(seen.labels("node_uname_info")).toMatchObject({ sysname: "Linux" });
    // A summary's quantiles, and what only grows of it.
    expect(seen.value("go_gc_duration_seconds_count_total")).toBeGreaterThanOrEqual(0);
    expect(seen.value("exporter_series_truncated")).toBe(0);
    expect(seen.value("exporter_series")).toBe(seen.readings.length - 4);
    expect(seen.inventory?.lists?.metrics).toContainEqual({
      name: "node_load1",
      type: "gauge",
      help: "1m load average.",
    });
  });

  test("only what is wanted of it, and no more than may be", async () => {
    const chosen = await read({ include: ["node_memory_*"], exclude: ["*Huge*"] });
    const names = chosen.readings.map(({ metric }) => metric).filter((name) => !name.startsWith("exporter_"));
    expect(names).toContain("node_memory_MemFree_bytes");
    expect(names.filter((name) => !name.startsWith("node_memory_") || name.includes("Huge"))).toEqual([]);
    const few = await read({ maxSeries: 10 });
    expect([few.value("exporter_series"), few.value("exporter_series_truncated")]).toEqual([10, 1]);
  });

  test("a password that is not given is asked for, and one that is lets in", async () => {
    const at = await service.port();
    const hash = await service.run("perl", ["-e", "print crypt('unity', '$2y$05$abcdefghijklmnopqrstuu')"]);
    await service.run("sh", ["-c", `printf 'basic_auth_users:\\n  unity: %s\\n' '${hash}' > web.yml`], {
      cwd: service.folder,
    });
    const args = [`--web.listen-address=127.0.0.1:${at}`, `--web.config.file=${join(service.folder, "web.yml")}`];
    await service.start("prometheus-node-exporter", args, { port: at });
    const url = `http://127.0.0.1:${at}/metrics`;
    expect((await service.collect({ url })).failure?.reason).toBe("auth");
    expect((await service.collect({ url, username: "unity", password: "unity" })).failure).toBeUndefined();
  });
});

describeService("prometheus", "Prometheus", (service) => {
  test("a histogram becomes quantiles of what came in between two runs, as Prometheus has them", async () => {
    const port = await service.port();
    const url = `http://127.0.0.1:${port}`;
    await service.run("sh", ["-c", "echo 'global: {}' > prometheus.yml"], { cwd: service.folder });
    const args = [`--config.file=${join(service.folder, "prometheus.yml")}`, `--web.listen-address=127.0.0.1:${port}`];
    await service.start("prometheus", args, { port, ready: /ready to receive web requests/ });
    service.version(await service.run("prometheus", ["--version"]));
    const memory = service.memory();
    const labels = { handler: "/api/v1/labels" };
    const name = "prometheus_http_request_duration_seconds";
    await fetch(`${url}/api/v1/labels`);
    const first = await service.collect({ url }, { memory });
    expect(first.value(name, { ...labels, quantile: "0.5" })).toBeUndefined();
    for (let count = 0; count < 20; count += 1) await fetch(`${url}/api/v1/labels`);
    const second = await service.collect({ url }, { memory });
    const count = (seen: typeof first) => seen.value(`${name}_count_total`, labels) ?? 0;
    expect(count(second) - count(first)).toBe(20);
    const [half = 0, most = 0] = ["0.5", "0.99"].map((quantile) => second.value(name, { ...labels, quantile }));
    expect(half).toBeGreaterThan(0);
    expect(most).toBeGreaterThanOrEqual(half);
    // Its first bucket ends at 0.1 s: nothing there takes longer.
    expect(most).toBeLessThanOrEqual(0.1);
    expect(second.value(`${name}_sum_total`, labels)).toBeLessThan(20 * 0.1);
  });
});
