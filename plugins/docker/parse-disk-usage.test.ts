import { expect, test } from "vitest";
import { parseDiskUsage } from "./parse-disk-usage";

test("disk usage is added up as docker system df does", () => {
  const usage = parseDiskUsage({
    LayersSize: 900,
    Images: [
      { Size: 600, SharedSize: 100, Containers: 1 },
      { Size: 400, SharedSize: 100, Containers: 0 },
    ],
    Containers: [
      { SizeRw: 30, State: "running" },
      { SizeRw: 12, State: "exited" },
    ],
    Volumes: [{ UsageData: { Size: -1, RefCount: -1 } }, { UsageData: { Size: 5, RefCount: 0 } }],
    BuildCache: [
      { Size: 8, InUse: false, Shared: false },
      { Size: 9, InUse: true },
      { Size: 99, Shared: true },
    ],
  });
  expect(usage).toEqual({
    uses: {
      images: { bytes: 900, reclaimableBytes: 400 },
      containers: { bytes: 42, reclaimableBytes: 12 },
      volumes: { bytes: 5, reclaimableBytes: 5 },
      build_cache: { bytes: 17, reclaimableBytes: 8 },
    },
    volumes: 2,
    volumesUnused: 1,
  });
});

test("sums are taken where the engine makes them, with what Go leaves out as zero", () => {
  expect(
    parseDiskUsage({ ImageUsage: { TotalSize: 9 }, VolumeUsage: { TotalCount: 3, ActiveCount: 1 } }),
  ).toMatchObject({
    uses: { images: { bytes: 9, reclaimableBytes: 0 }, build_cache: { bytes: 0 } },
    volumes: 3,
    volumesUnused: 2,
  });
});

test("an answer of another shape is none", () => {
  expect(parseDiskUsage({ unknown: true })).toBeUndefined();
  expect(parseDiskUsage([])).toBeUndefined();
});
