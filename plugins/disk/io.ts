import { type CollectContext, CollectError, type Report } from "../sdk";
import type { Config } from "./config";
import { chooseDisks, type Device } from "./devices";
import type { metrics } from "./metrics";
import type { Shown } from "./mounts";
import { type DiskTotals, parseDiskStats } from "./parse";
import type { Problem } from "./space";

/** Reports what each disk has read and written. Returns what went wrong: space is worth reading even so. */
export async function collectIo(
  context: CollectContext<Config>,
  report: Report<typeof metrics>,
  shown: readonly Shown[],
  devices: readonly Device[],
): Promise<Problem | undefined> {
  try {
    const { disks: all, malformed } = parseDiskStats(await context.readFile(`${context.config.procRoot}/diskstats`));
    const known = new Map(devices.map((device) => [device.name, device]));
    const { disks, truncated } = chooseDisks(all, known, shown, context.config);
    report("disk_devices_truncated", truncated ? 1 : 0);
    for (const { label, totals } of disks) reportTotals(report, label, totals);
    if (malformed === 0) return undefined;
    return { reason: "parse", message: `diskstats has ${malformed} lines that make no sense; the rest is good.` };
  } catch (error) {
    if (context.signal.aborted || !(error instanceof CollectError)) throw error;
    // Some containers have no such file, and then no rates.
    return error.reason === "not_found" ? undefined : { reason: error.reason, message: error.message };
  }
}

function reportTotals(report: Report<typeof metrics>, device: string, totals: DiskTotals): void {
  const labels = { device };
  report("disk_read_bytes_total", totals.readBytes, labels);
  report("disk_written_bytes_total", totals.writtenBytes, labels);
  report("disk_reads_total", totals.reads, labels);
  report("disk_writes_total", totals.writes, labels);
  report("disk_io_time_seconds_total", totals.ioSeconds, labels);
  report("disk_read_time_seconds_total", totals.readSeconds, labels);
  report("disk_write_time_seconds_total", totals.writeSeconds, labels);
  report("disk_io_weighted_seconds_total", totals.weightedSeconds, labels);
  report("disk_io_in_flight", totals.inFlight, labels);
}
