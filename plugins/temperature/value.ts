import { isPlausible } from "./parse";
import type { Sensor, Value } from "./sensor";

type Known = Pick<Value, "chip" | "kind"> & Pick<Sensor, "id" | "label" | "quantity" | "max" | "critical">;
interface Said {
  readonly raw: number | undefined;
  readonly alarm: boolean | undefined;
  readonly fault: boolean | undefined;
  readonly driven?: boolean | undefined;
}

/** What a sensor said, without what it cannot mean: the value of a broken one, or a temperature nothing has. */
export function makeValue({ chip, kind, id, label, quantity, max, critical }: Known, said: Said): Value {
  const { raw, alarm, fault, driven } = said;
  const isNonsense = fault === true || raw === undefined || (quantity === "temperature" && !isPlausible(raw));
  return {
    ...{ chip, kind, id, label, quantity, max, critical },
    ...(isNonsense ? {} : { value: raw }),
    ...(alarm === undefined ? {} : { alarm }),
    ...(fault === undefined ? {} : { fault }),
    ...(driven === undefined ? {} : { driven }),
  };
}
