/** @throws RangeError which names the first that is NaN */
export function requireNumbers(values: Float64Array): void {
  for (let index = 0; index < values.length; index++)
    if (Number.isNaN(values[index])) throw new RangeError(`Value ${index} of ${values.length} is not a number.`);
}
