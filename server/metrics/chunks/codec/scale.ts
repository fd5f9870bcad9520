import { INTEGER_LIMIT } from "./integers";

/** 10^0 to 10^12: further decimals would not leave enough digits before the point. */
const POWERS = Array.from({ length: 13 }, (_, decimals) => 10 ** decimals);

/** How `readScaled` divides. Undefined when there is no such power. */
export const powerOf = (decimals: number): number | undefined => POWERS[decimals];

/**
 * The fewest decimals with which every value is a whole number that divides back to the very same double, with those whole
 * numbers. Undefined for everything else: too many digits, infinities, -0.
 */
export function scaleToIntegers(values: Float64Array): { decimals: number; integers: Float64Array } | undefined {
  let decimals = 0;
  let power = 1;
  for (let index = 0; index < values.length; index++) {
    const value = values[index] ?? 0;
    while (!isExact(value, power)) {
      const next = POWERS[++decimals];
      if (next === undefined) return undefined;
      power = next;
    }
  }
  const integers = new Float64Array(values.length);
  for (let index = 0; index < values.length; index++) {
    const value = values[index] ?? 0;
    // Again for those that were looked at while the scale was smaller.
    if (!isExact(value, power)) return undefined;
    integers[index] = Math.round(value * power);
  }
  return { decimals, integers };
}

function isExact(value: number, power: number): boolean {
  const whole = Math.round(value * power);
  if (whole / power !== value || Math.abs(whole) >= INTEGER_LIMIT) return false;
  // -0 equals 0 and would come back as 0.
  return whole !== 0 || Object.is(value, 0);
}
