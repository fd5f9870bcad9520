import type { Answer } from "./answer";
import type { Health, SelfTest } from "./disk";

/** SCSI and SAS: the log pages for error counters, and the grown defect list. SPC-4, SBC-3. */
export function readScsi(answer: Answer): Health {
  const { read, write, verify } = answer.scsi_error_counter_log ?? {};
  const uncorrected = [read, write, verify].flatMap((counter) => counter?.total_uncorrected_errors ?? []);
  const used = answer.scsi_percentage_used_endurance_indicator ?? answer.endurance_used?.current_percent;
  return {
    reallocated: answer.scsi_grown_defect_list,
    mediaErrors: uncorrected.length === 0 ? undefined : uncorrected.reduce((sum, errors) => sum + errors, 0),
    enduranceUsedRatio: used === undefined ? undefined : used / 100,
    bytesRead: bytesOf(read?.gigabytes_processed),
    bytesWritten: bytesOf(write?.gigabytes_processed),
    selfTest: selfTestOf(answer),
    attributes: [],
  };
}

/** smartctl writes them as a text, `28846.347`, of 10^9 bytes. */
function bytesOf(gigabytes: string | number | undefined): number | undefined {
  const count = Number(gigabytes ?? Number.NaN);
  return Number.isFinite(count) && count >= 0 ? Math.round(count * 1e9) : undefined;
}

/** 0 is well, 3 to 7 found something; others were stopped or run. */
function selfTestOf({ scsi_self_test_0: newest, power_on_time }: Answer): SelfTest | undefined {
  const result = newest?.result?.value;
  if (result === undefined || (result !== 0 && (result < 3 || result > 7))) return undefined;
  const then = newest?.power_on_time?.hours;
  const now = power_on_time?.hours;
  return {
    passed: result === 0,
    ageHours: then === undefined || now === undefined ? undefined : Math.max(0, now - then),
  };
}
