import { expect, test } from "vitest";
import type { MetricInfo, SeriesInfo } from "@/components/data/outputs";
import { factsOf, versionsOf } from "./facts";

const info = (name: string, labels: string[], rest: Partial<MetricInfo> = {}): MetricInfo => ({
  name,
  kind: "info",
  unit: "count",
  storedUnit: "count",
  description: "",
  labels,
  everySeconds: null,
  ...rest,
});
const series = (metric: string, labels: Record<string, string>, at = 1_000_000, value = 1): SeriesInfo => ({
  series: 1,
  metric,
  labels,
  latest: { at, value },
});

test("an info tells its labels, an instant when it was", () => {
  const facts = factsOf(
    [
      info("docker_engine_info", ["version", "driver"]),
      info("docker_started_timestamp_seconds", ["name"], { kind: "gauge", storedUnit: "timestamp_seconds" }),
      info("docker_images", [], { kind: "gauge" }),
      info("unity_collector_last_success_timestamp_seconds", [], { kind: "gauge", storedUnit: "timestamp_seconds" }),
    ],
    [
      series("docker_engine_info", { version: "28.1", driver: "overlay2" }),
      series("docker_started_timestamp_seconds", { name: "web" }, 1_000_000, 500),
      series("docker_images", {}),
    ],
    "docker",
    10,
  );
  expect(facts).toMatchObject([
    { title: "Engine", columns: ["version", "driver"], rows: [{ cells: ["28.1", "overlay2"], at: null }] },
    { title: "Started", columns: ["name"], rows: [{ cells: ["web"], at: 500_000 }] },
  ]);
});

test("after an upgrade only the new version is told", () => {
  const metrics = [info("docker_engine_info", ["version"])];
  const seen = [series("docker_engine_info", { version: "27" }, 1), series("docker_engine_info", { version: "28" })];
  expect(versionsOf(factsOf(metrics, seen, "docker", 10))).toEqual(["version 28"]);
});

test("a version names its owner where the labels tell it", () => {
  const metrics = [info("docker_engine_info", ["version", "engine"])];
  const seen = [series("docker_engine_info", { version: "28", engine: "podman" })];
  expect(versionsOf(factsOf(metrics, seen, "docker", 10))).toEqual(["podman 28"]);
});

test("the versions of many devices are not the version of what is watched", () => {
  const metrics = [info("disk_info", ["device", "version"])];
  const seen = ["1", "2"].map((version) => series("disk_info", { device: version, version }));
  expect(versionsOf(factsOf(metrics, seen, "disk", 10))).toEqual([]);
});
