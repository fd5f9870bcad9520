export type Quantity = "temperature" | "fan" | "fanRatio" | "voltage" | "current" | "power" | "other";
/** 0 well, 1 warning, 2 critical, 3 without a reading. */
export type State = 0 | 1 | 2 | 3;

export interface Sensor {
  readonly name: string;
  readonly quantity: Quantity;
  /** In base units: °C, rpm, V, A, W; ratios from 0 to 1. */
  readonly value?: number | undefined;
  readonly state: State;
  readonly criticalCelsius?: number | undefined;
}

export interface Supply {
  readonly name: string;
  readonly isOk: boolean;
}

export const FAULTS = ["power_overload", "main_power", "drive", "cooling", "intrusion"] as const;
export type FaultKind = (typeof FAULTS)[number];

export interface EventLog {
  readonly entries?: number | undefined;
  readonly usedRatio?: number | undefined;
  /** Of the last 24 hours. */
  readonly critical?: number | undefined;
}

export interface Health {
  readonly component: string;
  readonly isOk: boolean;
}

export interface Identity {
  readonly manufacturer: string;
  readonly product: string;
  readonly firmware: string;
  readonly serial: string;
}

/** What a board's management controller tells, by either protocol. Undefined: it does not say. */
export interface Bmc {
  readonly isOn?: boolean | undefined;
  /** Undefined: they could not be read. */
  readonly sensors: readonly Sensor[] | undefined;
  readonly supplies: readonly Supply[];
  readonly faults: Readonly<Partial<Record<FaultKind, boolean>>>;
  readonly systemWatts?: number | undefined;
  readonly log?: EventLog | undefined;
  readonly health: readonly Health[];
  readonly identity?: Identity | undefined;
  /** The newest entries of the log that speak of trouble. */
  readonly events: readonly { readonly time: string; readonly what: string }[];
  /** True when not all of it was looked at. */
  readonly truncated: boolean;
}
