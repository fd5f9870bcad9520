import { expect, test } from "vitest";
import { parseDiskStats, parseMounts } from "./parse";
import { judgeArray, parseArrays } from "./parse-raid";

const mount = (fields: string) => parseMounts(fields).mounts[0];

test.each([
  ["several tags", "31 1 8:2 / / rw shared:1 master:2 propagate_from:3 - ext4 /dev/sda2 rw", "/", false],
  ["no tag", "31 1 8:2 / /a rw - ext4 /dev/sda2 rw", "/a", false],
  ["a dash as the mount point's end", "31 1 8:2 / /a- rw - ext4 - rw", "/a-", false],
  ["escapes", "31 1 8:2 / /a\\040b\\134c\\011d rw - ext4 /dev/sda2 rw", "/a b\\c\td", false],
  ["what only looks like an escape", "31 1 8:2 / /a\\999 rw - ext4 /dev/sda2 rw", "/a\\999", false],
  ["ro of the mount", "31 1 8:2 / /a ro,nosuid - ext4 /dev/sda2 rw", "/a", true],
  ["ro of the file system", "31 1 8:2 / /a rw - ext4 /dev/sda2 ro,errors=remount-ro", "/a", true],
  ["emergency_ro", "31 1 8:2 / /a rw - ext4 /dev/sda2 rw,emergency_ro", "/a", true],
  ["an option that begins with ro", "31 1 8:2 / /a rw - btrfs /dev/sda2 rw,root=x,rootcontext=y", "/a", false],
  ["an empty source", "31 1 0:40 / /a rw - tmpfs  rw", "/a", false],
])("reads a mount with %s", (_, line, path, readonly) => {
  expect(mount(line)).toMatchObject({ path, readonly });
});

test("leaves out and counts mounts that make no sense", () => {
  const { mounts, malformed } = parseMounts(
    "31 1 8:2 / / rw - ext4 /dev/sda2 rw\nx\n32 1 8:2 / relative rw - ext4 a rw\n",
  );
  expect([mounts.length, malformed]).toEqual([1, 2]);
});

test.each(["", "<html>"])("refuses a list of mounts that is none: %j", (text) => {
  expect(() => parseMounts(text)).toThrow("does not look like");
});

test.each([
  ["14 columns (Linux 2.6)", "   8       0 sda 10 1 20 3000 40 5 60 7000 1 8000 9000"],
  ["20 columns", "   8       0 sda 10 1 20 3000 40 5 60 7000 1 8000 9000 1 2 3 4 5 6"],
])("reads a disk with %s", (_, line) => {
  expect(parseDiskStats(line).disks).toEqual([
    {
      deviceNumber: "8:0",
      name: "sda",
      reads: 10,
      readBytes: 10_240,
      readSeconds: 3,
      writes: 40,
      writtenBytes: 30_720,
      writeSeconds: 7,
      inFlight: 1,
      ioSeconds: 8,
      weightedSeconds: 9,
    },
  ]);
});

test("has no disks and no complaint when the table is empty, and refuses nonsense", () => {
  expect(parseDiskStats("")).toEqual({ disks: [], malformed: 0 });
  expect(() => parseDiskStats("hello")).toThrow("does not look like");
});

test("reads arrays with their level, disks, failed members and progress", () => {
  const arrays = parseArrays(
    [
      "Personalities : [raid1] [raid0]",
      "md1 : active (read-only) raid1 sdb1[1] sda1[2](F)",
      "      100 blocks super 1.2 [2/1] [_U]",
      "      [=>...]  recovery =  8.5% (8/100) finish=1min speed=1K/sec",
      "",
      "md_d0 : inactive sdc1[0](S)",
      "      100 blocks",
      "",
      "unused devices: <none>",
    ].join("\n"),
  );
  expect(arrays).toEqual([
    {
      name: "md1",
      active: true,
      level: "raid1",
      disks: { total: 2, working: 1 },
      failed: ["sda1"],
      sync: { action: "recovery", ratio: 0.085 },
    },
    { name: "md_d0", active: false, level: "", disks: undefined, failed: [], sync: undefined },
  ]);
  expect(parseArrays("")).toEqual([]);
});

const mirror = {
  name: "md0",
  active: true,
  level: "raid1",
  disks: { total: 2, working: 2 },
  failed: [],
  sync: undefined,
};

test.each([
  ["clean", {}, { state: "clean\n", degraded: "0\n" }, true],
  ["degraded by sysfs alone", {}, { state: "clean\n", degraded: "1\n" }, false],
  ["degraded by mdstat alone", { disks: { total: 2, working: 1 } }, {}, false],
  ["a failed member of a stripe", { disks: undefined, failed: ["sda1"] }, { state: "clean" }, false],
  ["inactive", { active: false }, {}, false],
  ["broken", {}, { state: "broken" }, false],
  ["checking", {}, { state: "active", degraded: "0", syncAction: "check", syncCompleted: "1 / 2" }, true],
])("judges an array that is %s", (_, change, files, healthy) => {
  expect(judgeArray({ ...mirror, ...change }, files).healthy).toBe(healthy);
});

test.each([
  ["none", "idle", undefined],
  ["50 / 200", "recover", 0.25],
  ["0 / 0", "resync", undefined],
  ["delayed", "resync", undefined],
  ["50 / 200", "frozen", undefined],
])("knows how far a sync is: %s while %s", (syncCompleted, syncAction, ratio) => {
  expect(judgeArray(mirror, { syncCompleted, syncAction }).syncRatio).toBe(ratio);
});
