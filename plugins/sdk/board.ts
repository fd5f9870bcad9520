import type { Labels } from "./plugin";

/** A key figure: with `max` (a number or another metric) or the unit `ratio` it is drawn as a meter. */
export interface Meter<K extends string = string> {
  readonly type: "meter";
  readonly metric: K;
  readonly title: string;
  readonly where?: Labels;
  /** Several series become one figure this way. Default "max". */
  readonly combine?: "max" | "min" | "sum" | "avg";
  readonly max?: number | K;
  /** From here the meter is amber, then red. For `lowIsBad` the other way round. */
  readonly warn?: number;
  readonly bad?: number;
  readonly lowIsBad?: boolean;
}
/** A list of items by label, each good (1) or bad (0). */
export interface States<K extends string = string> {
  readonly type: "states";
  readonly metric: K;
  readonly title: string;
  readonly by: string;
}
/** Rows by label, one column a metric, sorted by the first column unless said. */
export interface Table<K extends string = string> {
  readonly type: "table";
  readonly title: string;
  readonly by: string;
  readonly columns: readonly { readonly metric: K; readonly title: string }[];
  readonly sort?: { readonly metric: K; readonly ascending?: boolean };
  readonly limit?: number;
}
/** A time chart of one or more metrics of one unit; labels become lines. */
export interface Chart<K extends string = string> {
  readonly type: "chart";
  readonly title: string;
  readonly metrics: readonly K[];
  readonly where?: Labels;
  readonly stacked?: boolean;
}
export type BoardItem<K extends string = string> = Meter<K> | States<K> | Table<K> | Chart<K>;

type Rest<T> = Omit<T, "type">;

export const meter = <const K extends string>(
  metric: K,
  title: string,
  rest: Omit<Rest<Meter<K>>, "metric" | "title"> = {},
): Meter<K> => ({
  type: "meter",
  metric,
  title,
  ...rest,
});
export const states = <const K extends string>(metric: K, title: string, by: string): States<K> => ({
  type: "states",
  metric,
  title,
  by,
});
export const table = <const K extends string>(rest: Rest<Table<K>>): Table<K> => ({ type: "table", ...rest });
export const chart = <const K extends string>(
  title: string,
  metrics: readonly K[],
  rest: Omit<Rest<Chart<K>>, "metrics" | "title"> = {},
): Chart<K> => ({
  type: "chart",
  title,
  metrics,
  ...rest,
});
