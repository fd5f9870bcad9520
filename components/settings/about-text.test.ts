import { expect, test } from "vitest";
import { aboutText } from "./about-text";

test("a report says what runs, and neither the machine's name nor where its data lies", () => {
  const text = aboutText({
    at: 0,
    version: "1.2.3",
    runtime: "Node 22.1.0 on linux x64",
    startedAt: Date.UTC(2026, 10, 24, 14, 3, 9),
    host: "secret-nas",
    database: "/home/somebody/unity.db",
    plugins: 39,
    brokenPlugins: 1,
    instances: 12,
    series: 340,
    memoryBytes: 1,
    store: { engine: "SQLite rows", samples: 5_000, bytes: 2_097_152, oldestAt: null, pending: 0, lastFlushMs: null },
    retention: { rawMs: 1, hourlyMs: 1, dailyMs: 1 },
  });
  expect(text).toBe(
    [
      "Unity 1.2.3, Node 22.1.0 on linux x64",
      "started 2026-11-24 14:03:09 UTC",
      "SQLite rows, 2 MiB, 5000 samples, 340 series",
      "12 instances, 39 plugins, 1 broken",
    ].join("\n"),
  );
});
