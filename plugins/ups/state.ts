/** The words of a status that matter to anybody; undefined where this kind of server does not tell. */
export interface Flags {
  readonly onLine: boolean;
  readonly onBattery: boolean;
  readonly lowBattery: boolean;
  readonly replaceBattery: boolean;
  readonly overloaded: boolean;
  readonly forcedShutdown: boolean;
  readonly bypass?: boolean | undefined;
  readonly charging?: boolean | undefined;
}

/** One UPS as both kinds of server tell of it. What is not told, or makes no sense, is undefined. */
export interface Ups {
  readonly name: string;
  /** False when the server has lost its UPS: then nothing else is known. */
  readonly isHeard: boolean;
  /** Undefined when the server has no status (yet). */
  readonly flags?: Flags | undefined;
  /** As the server words it, such as "OL CHRG". */
  readonly status: string;
  readonly chargeRatio?: number | undefined;
  readonly runtimeSeconds?: number | undefined;
  readonly batteryVolts?: number | undefined;
  /** When the battery was made or put in, epoch milliseconds. */
  readonly batteryDate?: number | undefined;
  readonly loadRatio?: number | undefined;
  /** Measured by the UPS, not worked out from its load. */
  readonly powerWatts?: number | undefined;
  readonly nominalWatts?: number | undefined;
  readonly inputVolts?: number | undefined;
  readonly outputVolts?: number | undefined;
  readonly inputHertz?: number | undefined;
  readonly celsius?: number | undefined;
  readonly transfers?: number | undefined;
  readonly onBatterySeconds?: number | undefined;
  /** The verdict of the last self-test; undefined when there was none. */
  readonly testPassed?: boolean | undefined;
  readonly facts: Readonly<{
    description: string;
    manufacturer: string;
    model: string;
    serial: string;
    firmware: string;
    driver: string;
    /** In its own words. */
    testResult: string;
    lastTransfer: string;
    alarm: string;
  }>;
}

export const NO_FACTS: Ups["facts"] = {
  description: "",
  manufacturer: "",
  model: "",
  serial: "",
  firmware: "",
  driver: "",
  testResult: "",
  lastTransfer: "",
  alarm: "",
};
