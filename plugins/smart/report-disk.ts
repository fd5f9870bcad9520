import { type Report, toLabel } from "../sdk";
import type { Attribute } from "./answer";
import type { Config } from "./config";
import { type Disk, type Health, type Identity, WARNING_BITS } from "./disk";
import type { metrics } from "./metrics";

type Reported = Report<typeof metrics>;
interface Named {
  readonly device: string;
  readonly model: string;
}

export function reportDisk(report: Reported, disk: Disk, config: Config, attributes: readonly Attribute[]): void {
  if (disk.state === "standby") {
    const labels = { device: disk.label, model: disk.model };
    report("smart_standby", 1, labels);
    report("smart_exit_status", disk.exitStatus, labels);
    return;
  }
  const { identity, health } = disk;
  const labels = { device: identity.label, model: identity.model };
  report("smart_standby", 0, labels);
  report("smart_exit_status", disk.exitStatus, labels);
  reportHealth(report, health, labels);
  reportWear(report, health, labels);
  if (health.celsius !== undefined) reportLimits(report, identity, labels, config);
  reportWarnings(report, health, labels);
  for (const attribute of attributes) reportAttribute(report, attribute, labels);
  const { serial, firmware, protocol, capacityBytes, rotation } = identity;
  const facts = { serial, firmware, protocol, capacity_bytes: String(capacityBytes ?? ""), rotation };
  report("smart_info", 1, { ...labels, ...facts });
}

function reportHealth(report: Reported, health: Health, labels: Named): void {
  const tell = teller(report, labels);
  tell("smart_passed", health.passed);
  tell("smart_temperature_celsius", health.celsius);
  tell("smart_power_on_seconds", times(health.powerOnHours, 3_600));
  tell("smart_power_cycles_total", health.powerCycles);
  tell("smart_reallocated_sectors", health.reallocated);
  tell("smart_pending_sectors", health.pending);
  tell("smart_offline_uncorrectable_sectors", health.offlineUncorrectable);
  tell("smart_reported_uncorrectable_total", health.reportedUncorrectable);
  tell("smart_command_timeout_total", health.commandTimeouts);
  tell("smart_crc_errors_total", health.crcErrors);
  tell("smart_error_log_entries", health.errorLogEntries);
  tell("smart_self_test_passed", health.selfTest?.passed);
  tell("smart_self_test_age_power_on_seconds", times(health.selfTest?.ageHours, 3_600));
}

function reportWear(report: Reported, health: Health, labels: Named): void {
  const tell = teller(report, labels);
  tell("smart_endurance_used_ratio", health.enduranceUsedRatio);
  tell("smart_available_spare_ratio", health.spareRatio);
  tell("smart_available_spare_threshold_ratio", health.spareThresholdRatio);
  tell("smart_media_errors_total", health.mediaErrors);
  tell("smart_unsafe_shutdowns_total", health.unsafeShutdowns);
  tell("smart_written_bytes_total", health.bytesWritten);
  tell("smart_read_bytes_total", health.bytesRead);
}

/** Beside the temperature, so that a rule can compare the two. */
function reportLimits(report: Reported, { protocol }: Identity, labels: Named, config: Config): void {
  const isNvme = protocol === "NVMe";
  const warning = isNvme ? config.nvmeWarningCelsius : config.temperatureWarningCelsius;
  const critical = isNvme ? config.nvmeCriticalCelsius : config.temperatureCriticalCelsius;
  report("smart_temperature_warning_celsius", warning, labels);
  report("smart_temperature_critical_celsius", critical, labels);
}

function reportWarnings(report: Reported, { criticalWarning }: Health, labels: Named): void {
  if (criticalWarning === undefined) return;
  for (const [index, bit] of WARNING_BITS.entries())
    report("smart_critical_warning", (criticalWarning >> index) & 1, { ...labels, bit });
}

function reportAttribute(report: Reported, { id, name, value, worst, thresh, raw }: Attribute, labels: Named): void {
  const all = { ...labels, id: String(id), name: toLabel(name) };
  if (value !== undefined) report("smart_attribute_value", value, all);
  if (worst !== undefined) report("smart_attribute_worst", worst, all);
  if (thresh !== undefined) report("smart_attribute_threshold", thresh, all);
  if (raw?.value !== undefined) report("smart_attribute_raw", raw.value, all);
}

/** Metrics that carry the disk's name and nothing else. */
type Plain = Exclude<
  keyof typeof metrics,
  "smart_disks" | "smart_disks_truncated" | "smart_critical_warning" | "smart_info" | `smart_attribute_${string}`
>;

const teller = (report: Reported, labels: Named) => (metric: Plain, value: number | boolean | undefined) => {
  if (value !== undefined) report(metric, Number(value), labels);
};

const times = (value: number | undefined, factor: number) => (value === undefined ? undefined : value * factor);
