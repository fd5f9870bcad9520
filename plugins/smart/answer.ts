import { z } from "zod";

/** Whatever is missing or of another type is not told. */
const maybe = <T extends z.ZodType>(schema: T) => schema.optional().catch(undefined);
const number = maybe(z.number());
const text = maybe(z.string());
const flag = maybe(z.boolean());
const row = <T extends z.ZodRawShape>(shape: T) => maybe(z.object(shape));
const rows = <T extends z.ZodType>(entry: T) =>
  maybe(z.array(entry.nullable().catch(null)).transform((all) => all.filter((one) => one !== null)));

const Attribute = z.object({
  id: z.number(),
  name: z.string(),
  value: number,
  worst: number,
  thresh: number,
  raw: row({ value: number, string: text }),
});
export type Attribute = z.output<typeof Attribute>;

const Statistic = z.object({ name: z.string(), value: number });
const SelfTest = z.object({
  status: row({ passed: flag, string: text }),
  lifetime_hours: number,
  type: row({ string: text }),
});
const SelfTestLog = row({ table: rows(SelfTest) });
const Counted = row({ count: number });
const ErrorCounter = row({
  total_uncorrected_errors: number,
  gigabytes_processed: maybe(z.union([z.string(), z.number()])),
});
const ScsiSelfTest = row({ result: row({ value: number, string: text }), power_on_time: row({ hours: number }) });

/** What `smartctl -j -x` prints of one disk, as far as it is read. Version 7.0 and later. */
export const Answer = z.object({
  smartctl: z.object({
    version: rows(z.number()),
    exit_status: number,
    messages: rows(z.object({ string: z.string() })),
  }),
  device: row({ name: text, type: text, protocol: text }),
  model_name: text,
  scsi_model_name: text,
  scsi_vendor: text,
  scsi_product: text,
  scsi_revision: text,
  serial_number: text,
  firmware_version: text,
  user_capacity: row({ bytes: number }),
  nvme_total_capacity: number,
  logical_block_size: number,
  rotation_rate: number,
  smart_support: row({ available: flag, enabled: flag }),
  smart_status: row({ passed: flag }),
  temperature: row({ current: number }),
  power_on_time: row({ hours: number }),
  power_cycle_count: number,
  /** 7.4 and later, for all kinds of disks. */
  endurance_used: row({ current_percent: number }),
  ata_smart_attributes: row({ table: rows(Attribute) }),
  ata_device_statistics: row({ pages: rows(z.object({ table: rows(Statistic) })) }),
  ata_smart_error_log: row({ summary: Counted, extended: Counted }),
  ata_smart_self_test_log: row({ standard: SelfTestLog, extended: SelfTestLog }),
  nvme_smart_health_information_log: row({
    critical_warning: number,
    available_spare: number,
    available_spare_threshold: number,
    percentage_used: number,
    data_units_read: number,
    data_units_written: number,
    unsafe_shutdowns: number,
    media_errors: number,
    num_err_log_entries: number,
  }),
  nvme_self_test_log: row({
    table: rows(z.object({ self_test_result: row({ value: number, string: text }), power_on_hours: number })),
  }),
  scsi_grown_defect_list: number,
  scsi_percentage_used_endurance_indicator: number,
  scsi_error_counter_log: row({ read: ErrorCounter, write: ErrorCounter, verify: ErrorCounter }),
  scsi_self_test_0: ScsiSelfTest,
});
export type Answer = z.output<typeof Answer>;

export const Scan = z.object({
  smartctl: z.object({ exit_status: number, messages: rows(z.object({ string: z.string() })) }),
  devices: rows(z.object({ name: z.string(), type: text })),
});
