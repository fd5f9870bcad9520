import type { Answer } from "./answer";
import type { Health, SelfTest } from "./disk";

/** A data unit is a thousand blocks of 512 bytes, whatever the disk's own block size. */
const UNIT_BYTES = 512_000;
/** All bits set is what a bridge says that does not know. */
const NO_WARNING = 0xff;

/** Log page 2 of the NVM Express Base Specification, and the self-test log. */
export function readNvme(answer: Answer): Health {
  const log = answer.nvme_smart_health_information_log ?? {};
  const bytes = (units: number | undefined) => (units === undefined ? undefined : units * UNIT_BYTES);
  return {
    criticalWarning: log.critical_warning === NO_WARNING ? undefined : log.critical_warning,
    enduranceUsedRatio: percent(log.percentage_used ?? answer.endurance_used?.current_percent),
    spareRatio: percent(log.available_spare),
    spareThresholdRatio: percent(log.available_spare_threshold),
    mediaErrors: log.media_errors,
    unsafeShutdowns: log.unsafe_shutdowns,
    bytesWritten: bytes(log.data_units_written),
    bytesRead: bytes(log.data_units_read),
    errorLogEntries: log.num_err_log_entries,
    selfTest: selfTestOf(answer),
    attributes: [],
  };
}

const percent = (value: number | undefined) => (value === undefined ? undefined : value / 100);

/** 0 passed; 5, 6 and 7 found something; the rest was stopped. Newest first. */
function selfTestOf({ nvme_self_test_log: log, power_on_time }: Answer): SelfTest | undefined {
  const newest = log?.table?.find(({ self_test_result: result }) => [0, 5, 6, 7].includes(result?.value ?? -1));
  if (!newest) return undefined;
  const { power_on_hours: then } = newest;
  const now = power_on_time?.hours;
  return {
    passed: newest.self_test_result?.value === 0,
    ageHours: then === undefined || now === undefined ? undefined : Math.max(0, now - then),
  };
}
