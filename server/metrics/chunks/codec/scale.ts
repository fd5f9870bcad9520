import { INTEGER_LIMIT } from "./integers";
import { takeScratch } from "./scratch";

/** 10^0 to 10^12: further decimals would not leave enough digits before the point. */
const POWERS = Array.from({ length: 13 }, (_, decimals) => 10 ** decimals);

/** How `readScaled` divides. Undefined when there is no such power. */
export const powerOf = (decimals: number): number | undefined => POWERS[decimals];

/**
 * The fewest decimals with which every value is a whole number that divides back to the very same double, with those whole
 * numbers. Undefined for everything else: too many digits, infinities, -0.
 */
export function scaleToIntegers(values: Float64Array): { decimals: number; integers: Float64Array } | undefined {
  const integers = takeScratch(values.length);
  let decimals = 0;
  let from = 0;
  for (let power: number | undefined = 1; power !== undefined; power = POWERS[++decimals]) {
    const stopped = scale(values, integers, power, from, values.length);
    // Those before were looked at while the scale was smaller.
    if (stopped === values.length && scale(values, integers, power, 0, from) === from) return { decimals, integers };
    from = stopped;
  }
  return undefined;
}

/** Scales `values[from..to)` as far as that is exact. Returns where it is not, else `to`. */
function scale(values: Float64Array, integers: Float64Array, power: number, from: number, to: number): number {
  for (let index = from; index < to; index++) {
    const value = values[index] ?? 0;
    const whole = Math.round(value * power);
    if (whole / power !== value || whole >= INTEGER_LIMIT || whole <= -INTEGER_LIMIT) return index;
    // -0 equals 0 and would come back as 0.
    if (whole === 0 && !Object.is(value, 0)) return index;
    integers[index] = whole;
  }
  return to;
}
