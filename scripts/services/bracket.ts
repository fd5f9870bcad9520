import { expect } from "vitest";
import { type Scraped, scrapeExporter } from "./scrape-exporter";

/** What an exporter told before and after something. */
export interface Range {
  readonly low: number;
  readonly high: number;
}
type Labels = Readonly<Record<string, string>>;

/**
 * Asks an independent exporter before and after a run of ours. What only grows must then lie between the two to the last digit;
 * what goes up and down is near them.
 *
 * @returns `range`: of one value, or of the sum of several label sets; undefined when the exporter does not tell it
 */
export async function bracket<T>(
  port: number,
  act: () => Promise<T>,
): Promise<{ result: T; range(name: string, ...labels: readonly Labels[]): Range | undefined }> {
  const before = await scrapeExporter(port);
  const result = await act();
  const after = await scrapeExporter(port);
  const range = (name: string, ...labels: readonly Labels[]) => {
    const [first, second] = [sum(before, name, labels), sum(after, name, labels)];
    if (first === undefined || second === undefined) return undefined;
    return { low: Math.min(first, second), high: Math.max(first, second) };
  };
  return { result, range };
}

function sum(scraped: Scraped, name: string, labels: readonly Labels[]): number | undefined {
  const values = (labels.length > 0 ? labels : [{}]).map((set) => scraped(name, set));
  const known = values.filter((value) => value !== undefined);
  return known.length === values.length ? known.reduce((total, value) => total + value, 0) : undefined;
}

/**
 * Expects our value to be within what the exporter told.
 *
 * @param tolerance a part of the value, for what goes up and down in between; 0 for what only grows or stays
 */
export function expectWithin(what: string, value: number | undefined, range: Range | undefined, tolerance = 0): void {
  expect(range, `${what}: the exporter does not tell it`).toBeDefined();
  expect(value, `${what}: we do not tell it`).toBeDefined();
  if (value === undefined || range === undefined) return;
  // The last digit of a sum depends on its order.
  const slack = Math.max(Math.abs(range.high) * tolerance, Math.abs(range.high) * 1e-9);
  expect(value, what).toBeGreaterThanOrEqual(range.low - slack);
  expect(value, what).toBeLessThanOrEqual(range.high + slack);
}
