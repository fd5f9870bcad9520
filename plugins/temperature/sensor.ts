import type { Kind } from "./kinds";
import type { Quantity } from "./parse";

/** One input of a chip, and the files that belong to it. Plain data: it is kept between runs. */
export interface Sensor {
  readonly id: string;
  readonly label: string;
  readonly quantity: Quantity;
  readonly path: string;
  /** What one of ours is in the file's unit: 1000 for a file of thousandths. */
  readonly divisor: number;
  /** A thermal zone's file, which may be of whole degrees. */
  readonly isZone?: boolean;
  readonly alarmPaths: readonly string[];
  readonly faultPath?: string;
  /** Of a fan: the file that says how hard it is driven, 0 to 255. */
  readonly pwmPath?: string;
  /** Of a fan that must never stand still. */
  readonly alwaysTurns?: boolean;
  readonly max?: number | undefined;
  readonly critical?: number | undefined;
}

export interface Chip {
  /** The name `sensors` prints. */
  readonly name: string;
  readonly driver: string;
  readonly kind: Kind;
  /** Of a disk: its model and the end of its serial number. */
  readonly disk: string;
  /** Where it is in sysfs, under a number that changes from boot to boot. */
  readonly folder: string;
  readonly sensors: readonly Sensor[];
}

/** What a sensor said. Plain data, as above; what the sensor did not say is left out. */
export interface Value extends Pick<Sensor, "id" | "label" | "quantity" | "max" | "critical"> {
  readonly chip: string;
  readonly kind: Kind;
  readonly value?: number;
  readonly alarm?: boolean;
  readonly fault?: boolean;
  /** Of a fan that stands still: whether it should turn. */
  readonly driven?: boolean;
}
