import { CPU_MODES, type CpuTimes } from "./parse-stat";

/** Fewer seconds backwards than this are the kernel's imprecision; more is a CPU that was taken away or a new boot. */
const SLIP_SECONDS = 3;

/**
 * The kernel's idle and iowait now and then go back a little (proc_stat(5) warns of it). Taken as a reset, that would be
 * years of idle time within one run, so a total that slips back stays where it was.
 */
export function steadyTimes(last: CpuTimes | undefined, now: CpuTimes): CpuTimes {
  if (!last) return now;
  const at = (mode: keyof CpuTimes) =>
    now[mode] < last[mode] && last[mode] - now[mode] < SLIP_SECONDS ? last[mode] : now[mode];
  return {
    user: at("user"),
    nice: at("nice"),
    system: at("system"),
    idle: at("idle"),
    iowait: at("iowait"),
    irq: at("irq"),
    softirq: at("softirq"),
    steal: at("steal"),
    guest: at("guest"),
  };
}

export const allSeconds = (times: CpuTimes): number => CPU_MODES.reduce((sum, mode) => sum + times[mode], 0);

/** Work of all time. Waiting for disks is idle; what a hypervisor took was not ours to work with. Seconds. */
export function busyShare(times: CpuTimes): { part: number; whole: number } {
  const whole = allSeconds(times);
  return { part: whole - times.idle - times.iowait - times.steal, whole };
}
