import type { Metrics } from "../sdk";

const labels = ["device", "model"] as const;
const gauge = { kind: "gauge", labels } as const;
const count = { kind: "gauge", unit: "count", labels } as const;
const total = { kind: "counter", unit: "count", labels } as const;
const attribute = { kind: "gauge", unit: "count", labels: ["device", "model", "id", "name"] } as const;

export const metrics = {
  smart_disks: { kind: "gauge", unit: "count", description: "Disks that are looked at." },
  smart_disks_truncated: {
    kind: "gauge",
    unit: "bool",
    description: "1 when there are more disks than the limit, or more attributes than are kept.",
  },
  smart_passed: { ...gauge, unit: "bool", description: "The disk's own verdict. 0: it expects to fail soon." },
  smart_standby: { ...gauge, unit: "bool", description: "1 when the disk has spun down and was not woken." },
  smart_exit_status: {
    ...count,
    description:
      "Exit status of smartctl, a bit mask: 8 failing, 16 and 32 an attribute below its limit, 64 and 128 errors logged.",
  },
  smart_temperature_celsius: { ...gauge, unit: "celsius", description: "Temperature of the disk." },
  smart_temperature_warning_celsius: { ...gauge, unit: "celsius", description: "Warm from here, by the settings." },
  smart_temperature_critical_celsius: { ...gauge, unit: "celsius", description: "Too hot from here, by the settings." },
  smart_power_on_seconds: { ...gauge, unit: "seconds", description: "How long the disk has run in its life." },
  smart_power_cycles_total: { ...total, description: "Times the disk was switched on." },
  smart_reallocated_sectors: { ...count, description: "Sectors replaced by spare ones; SCSI: the grown defect list." },
  smart_pending_sectors: { ...count, description: "Sectors that could not be read and wait to be written anew." },
  smart_offline_uncorrectable_sectors: { ...count, description: "Sectors that the disk's own scan could not read." },
  smart_reported_uncorrectable_total: { ...total, description: "Errors that the disk could not correct and reported." },
  smart_command_timeout_total: {
    ...total,
    description: "Commands that timed out: mostly a cable or the power supply.",
  },
  smart_crc_errors_total: { ...total, description: "Transfers that arrived damaged: a cable or its plug." },
  smart_endurance_used_ratio: {
    ...gauge,
    unit: "ratio",
    min: 0,
    max: 3,
    description: "Of the writes an SSD is made for, the part that is used up. It may pass 1.",
  },
  smart_available_spare_ratio: { ...gauge, unit: "ratio", min: 0, max: 1, description: "Spare blocks left, NVMe." },
  smart_available_spare_threshold_ratio: {
    ...gauge,
    unit: "ratio",
    min: 0,
    max: 1,
    description: "The disk warns when fewer spare blocks are left, NVMe.",
  },
  smart_media_errors_total: {
    ...total,
    description: "Errors of the medium that could not be corrected, NVMe and SCSI.",
  },
  smart_critical_warning: {
    kind: "gauge",
    unit: "bool",
    labels: ["device", "model", "bit"],
    description: "1 for each thing the disk warns of, NVMe.",
  },
  smart_unsafe_shutdowns_total: { ...total, description: "Times the power went without warning, NVMe." },
  smart_written_bytes_total: { kind: "counter", unit: "bytes", labels, description: "Written in the disk's life." },
  smart_read_bytes_total: { kind: "counter", unit: "bytes", labels, description: "Read in the disk's life." },
  smart_error_log_entries: { ...count, description: "Errors in the disk's own log, over its life." },
  smart_self_test_passed: { ...gauge, unit: "bool", description: "Verdict of the newest self-test that was finished." },
  smart_self_test_age_power_on_seconds: {
    ...gauge,
    unit: "seconds",
    description: "How long the disk has run since that self-test.",
  },
  smart_attribute_value: { ...attribute, description: "Normalised value of an ATA attribute: lower is worse." },
  smart_attribute_worst: { ...attribute, description: "Lowest normalised value so far." },
  smart_attribute_threshold: { ...attribute, description: "The attribute has failed when its value is not above." },
  smart_attribute_raw: { ...attribute, description: "Raw value: 48 bits that each maker packs in its own way." },
  smart_info: {
    kind: "info",
    unit: "count",
    labels: ["device", "model", "serial", "firmware", "protocol", "capacity_bytes", "rotation"],
    description: "What the disk is.",
  },
} as const satisfies Metrics;
