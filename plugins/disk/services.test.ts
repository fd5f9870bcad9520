import { closeSync, fsyncSync, openSync, writeSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { bracket, expectWithin, type Range } from "../../scripts/services/bracket";
import { describeService } from "../../scripts/services/describe-service";

const MEBIBYTE = 1_048_576;
/** Other tests write meanwhile: space may change by so much of it between two looks. */
const SPACE = 0.02;

/** This machine, against what the node exporter of Prometheus sees of it. */
describeService("disk", "Linux", (service) => {
  let port = 0;
  // Mounts of other tests come and go.
  const look = () =>
    bracket(port, () => service.collect({ excludeMounts: ["/tmp/**", "/var/lib/docker/**", "/run/**"] }));

  beforeAll(async () => {
    port = await service.port();
    const args = [`--web.listen-address=127.0.0.1:${port}`, "--no-collector.systemd"];
    await service.start("prometheus-node-exporter", args, { port });
    service.version(await service.run("prometheus-node-exporter", ["--version"]));
  });

  test("file systems are as large, full and writable as the exporter says", () =>
    // A file that another test makes and removes between two looks is seen by one of them only.
    service.until(async () => {
      const { result: seen, range } = await look();
      const mounts = seen.readings.flatMap(({ metric, labels }) => (metric === "disk_size_bytes" ? [labels] : []));
      const shared = mounts.filter(({ mount = "" }) => range("node_filesystem_size_bytes", { mountpoint: mount }));
      expect(shared.length).toBeGreaterThan(0);
      for (const { mount = "" } of shared) {
        const theirs = (name: string) => range(`node_filesystem_${name}`, { mountpoint: mount });
        const ours = (name: string) => seen.value(name, { mount });
        const used = usedOf(theirs("size_bytes"), theirs("free_bytes"));
        expectWithin(`${mount} size`, ours("disk_size_bytes"), theirs("size_bytes"));
        expectWithin(`${mount} available`, ours("disk_available_bytes"), theirs("avail_bytes"), SPACE);
        expectWithin(`${mount} used`, ours("disk_used_bytes"), used, SPACE);
        expectWithin(`${mount} inodes`, ours("disk_inodes"), theirs("files"));
        expectWithin(`${mount} free inodes`, ours("disk_inodes_free"), theirs("files_free"), SPACE);
        expectWithin(`${mount} read-only`, ours("disk_readonly"), theirs("readonly"));
      }
      return true;
    }));

  test("devices count between the exporter's", async () => {
    const { result: seen, range } = await look();
    const pairs = [
      ["disk_read_bytes_total", "node_disk_read_bytes_total"],
      ["disk_written_bytes_total", "node_disk_written_bytes_total"],
      ["disk_reads_total", "node_disk_reads_completed_total"],
      ["disk_writes_total", "node_disk_writes_completed_total"],
      ["disk_io_time_seconds_total", "node_disk_io_time_seconds_total"],
      ["disk_read_time_seconds_total", "node_disk_read_time_seconds_total"],
      ["disk_write_time_seconds_total", "node_disk_write_time_seconds_total"],
      ["disk_io_weighted_seconds_total", "node_disk_io_time_weighted_seconds_total"],
    ] as const;
    const devices = seen.readings.flatMap(({ metric, labels }) =>
      metric === "disk_read_bytes_total" && range("node_disk_read_bytes_total", { device: labels.device ?? "" })
        ? [labels.device ?? ""]
        : [],
    );
    expect(devices.length).toBeGreaterThan(0);
    for (const device of devices)
      for (const [ours, theirs] of pairs)
        expectWithin(`${device} ${ours}`, seen.value(ours, { device }), range(theirs, { device }));
  });

  test("what was written and flushed is counted by both alike", async () => {
    const total = (seen: Awaited<ReturnType<typeof look>>["result"]) =>
      seen.readings
        .filter(({ metric }) => metric === "disk_written_bytes_total")
        .reduce((sum, { value }) => sum + (typeof value === "number" ? value : 0), 0);
    const first = await look();
    writeFlushed(join(service.folder, "file"), 16 * MEBIBYTE);
    const second = await look();
    expect(total(second.result) - total(first.result)).toBeGreaterThanOrEqual(16 * MEBIBYTE);
  });
});

const usedOf = (size: Range | undefined, free: Range | undefined): Range | undefined =>
  size && free ? { low: size.low - free.high, high: size.high - free.low } : undefined;

function writeFlushed(path: string, bytes: number): void {
  const file = openSync(path, "w");
  writeSync(file, Buffer.alloc(bytes, "x"));
  fsyncSync(file);
  closeSync(file);
}
