import { expect, test } from "vitest";
import { mayReadInPlace } from "./proc";

test.each([
  ["/proc/stat", true],
  ["/proc/1/net/dev", true],
  ["/sys/fs/cgroup/system.slice/memory.max", true],
  ["/sys/devices/system/cpu/cpufreq/policy0/scaling_cur_freq", true],
  // A mount, a pipe, a lock of a stuck process, a sensor's chip.
  ["/proc/1/root/mnt/nas/file", false],
  ["/proc/1/fd/3", false],
  ["/proc/1/cmdline", false],
  ["/sys/class/hwmon/hwmon0/temp1_input", false],
  ["/sys/devices/pci0000:00/0000:00:02.0/vendor", false],
  ["/etc/os-release", false],
])("whether %s may be read in place is %s", (path, inPlace) => {
  expect(mayReadInPlace(path)).toBe(inPlace);
});
