/** The number a text begins with, such as `230.0 Volts`; undefined for `N/A` and the like. */
export function parseNumber(text: string | undefined): number | undefined {
  const [found] = /^\s*[-+]?\d+(?:\.\d+)?/.exec(text ?? "") ?? [];
  return found === undefined ? undefined : Number(found);
}

/** A percentage as a part of one. */
export function parsePercent(text: string | undefined): number | undefined {
  const percent = parseNumber(text);
  return percent === undefined ? undefined : percent / 100;
}
