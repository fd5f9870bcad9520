import { expect, test } from "vitest";
import { parseUsage } from "./parse-stats";

test.each([
  ["cgroup v1", { usage: 100, stats: { inactive_file: 1, total_inactive_file: 30 } }, 70],
  ["cgroup v2", { usage: 100, stats: { inactive_file: 20 } }, 80],
  ["more cache than use", { usage: 10, stats: { inactive_file: 20 } }, 10],
  ["no details", { usage: 10 }, 10],
  ["a stopped container", {}, undefined],
])("the working set with %s", (_, memory, workingSetBytes) => {
  expect(parseUsage({ memory_stats: memory })?.workingSetBytes).toBe(workingSetBytes);
});

test("time is told in seconds, networks and disks are summed", () => {
  const usage = parseUsage({
    cpu_stats: { cpu_usage: { total_usage: 2_500_000_000 }, throttling_data: { throttled_time: 5e8 } },
    networks: { eth0: { rx_bytes: 1, tx_bytes: 2 }, eth1: { rx_bytes: 10, tx_bytes: 20 } },
    blkio_stats: {
      io_service_bytes_recursive: [
        { op: "Read", value: 1 },
        { op: "read", value: 2 },
        { op: "write", value: 4 },
        { op: "Total", value: 7 },
      ],
    },
  });
  expect(usage).toMatchObject({
    cpuSeconds: 2.5,
    throttledSeconds: 0.5,
    receivedBytes: 11,
    sentBytes: 22,
    readBytes: 3,
    writtenBytes: 4,
    pids: undefined,
  });
});

test("what the engine does not count is unknown, not zero", () => {
  expect(parseUsage({ networks: null, blkio_stats: { io_service_bytes_recursive: [] } })).toMatchObject({
    receivedBytes: undefined,
    readBytes: undefined,
    cpuSeconds: undefined,
  });
  expect(parseUsage("nothing")).toBeUndefined();
  expect(parseUsage({ memory_stats: { usage: -1 } })).toBeUndefined();
});
