import type { Attribute } from "./answer";

/** Bits of NVMe's critical warning, from the lowest. NVM Express Base Specification, SMART / Health Information log. */
export const WARNING_BITS = [
  "spare",
  "temperature",
  "reliability",
  "read_only",
  "volatile_backup",
  "persistent_memory",
] as const;

/** What one disk says of itself. Undefined: not told, or not to be believed. */
export interface Health {
  readonly passed?: boolean | undefined;
  readonly celsius?: number | undefined;
  readonly powerOnHours?: number | undefined;
  readonly powerCycles?: number | undefined;
  readonly reallocated?: number | undefined;
  readonly pending?: number | undefined;
  readonly offlineUncorrectable?: number | undefined;
  readonly reportedUncorrectable?: number | undefined;
  readonly commandTimeouts?: number | undefined;
  readonly crcErrors?: number | undefined;
  readonly enduranceUsedRatio?: number | undefined;
  readonly spareRatio?: number | undefined;
  readonly spareThresholdRatio?: number | undefined;
  readonly mediaErrors?: number | undefined;
  /** NVMe's bit mask. */
  readonly criticalWarning?: number | undefined;
  readonly unsafeShutdowns?: number | undefined;
  readonly bytesWritten?: number | undefined;
  readonly bytesRead?: number | undefined;
  readonly errorLogEntries?: number | undefined;
  readonly selfTest?: SelfTest | undefined;
  readonly attributes: readonly Attribute[];
}

/** The newest self-test that came to a verdict. */
export interface SelfTest {
  readonly passed: boolean;
  /** In hours of running since then. */
  readonly ageHours: number | undefined;
}

export interface Identity {
  /** Stable over reboots and cables: model and serial number. */
  readonly label: string;
  readonly model: string;
  readonly serial: string;
  readonly firmware: string;
  /** ATA, NVMe or SCSI. */
  readonly protocol: string;
  readonly capacityBytes: number | undefined;
  /** "7200 rpm", "ssd" or "". */
  readonly rotation: string;
}

/** One disk after it was asked. */
export type Disk =
  | {
      readonly state: "read";
      readonly path: string;
      readonly exitStatus: number;
      readonly identity: Identity;
      readonly health: Health;
      readonly note: string;
    }
  | {
      readonly state: "standby";
      readonly path: string;
      readonly exitStatus: number;
      readonly label: string;
      readonly model: string;
    };
