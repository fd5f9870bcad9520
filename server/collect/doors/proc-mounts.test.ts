import { expect, test } from "vitest";
import { createProcMounts } from "./proc-mounts";

const MOUNTS = [
  "21 1 0:21 / /proc rw,relatime shared:1 - proc proc rw",
  "30 1 8:2 / / rw,relatime - ext4 /dev/sda2 rw",
  "40 30 0:21 / /host/proc ro,relatime - proc proc rw",
  "41 40 0:38 / /host/proc/sys/fs/binfmt_misc ro - autofs systemd-1 rw",
  "42 40 0:50 / /host/proc/uptime ro - fuse.lxcfs lxcfs rw",
  "50 30 0:60 / /mnt/proc rw - nfs nas:/x rw",
  "60 30 0:21 / /covered/proc rw - proc proc rw",
  "61 60 0:61 / /covered/proc rw - tmpfs tmpfs rw",
  "",
].join("\n");

test.each([
  ["/proc/1/stat", true],
  ["/host/proc/1/stat", true],
  ["/host/proc/sys/kernel/pid_max", true],
  ["/host/proc/sys/fs/binfmt_misc/status", false],
  ["/host/proc/uptime", false],
  ["/mnt/proc/1/stat", false],
  ["/covered/proc/1/stat", false],
  ["/srv/proc/1/stat", false],
  ["/srv/data", false],
  ["/host/process/1/stat", false],
])("%s is of the kernel's proc: %s", (path, expected) => {
  expect(createProcMounts(() => MOUNTS)(path)).toBe(expected);
});

test("reads the mounts once a minute, and only for a folder of that name", () => {
  let reads = 0;
  let now = 0;
  let mounts = "";
  const isProc = createProcMounts(
    () => {
      reads += 1;
      return mounts;
    },
    () => now,
  );
  for (const path of ["/proc/1/stat", "/srv/data", "/host/proc/1/stat", "/host/proc/2/stat"]) isProc(path);
  expect(reads).toBe(1);
  mounts = MOUNTS;
  expect(isProc("/host/proc/1/stat")).toBe(false);
  now = 60_000;
  expect(isProc("/host/proc/1/stat")).toBe(true);
  expect(reads).toBe(2);
});
