import { z } from "zod";
import type { Connection } from "./connection";

/** Epoch seconds, and the value as text. */
export type Point = readonly [at: number, value: string];
export interface Found {
  readonly metric: Readonly<Record<string, string>>;
  readonly points: readonly Point[];
}

/** Only as deep as it costs nothing: what is timed is the peer. */
const points = z.custom<readonly Point[]>(Array.isArray);
const metric = z.custom<Readonly<Record<string, string>>>((value) => typeof value === "object" && value !== null);
const Series = z
  .object({ metric, value: z.custom<Point>(Array.isArray).optional(), values: points.optional() })
  .transform(
    (series): Found => ({ metric: series.metric, points: series.values ?? (series.value ? [series.value] : []) }),
  );
const Answer = z.object({ status: z.literal("success"), data: z.object({ result: z.array(Series) }) });

/** Prometheus' HTTP API. Instants are epoch milliseconds. VictoriaMetrics would align and cache its answers: it is told not to. */
export function createPromql({ post }: Pick<Connection, "post">) {
  const ask = async (path: string, parameters: Record<string, string>) =>
    Answer.parse(JSON.parse(await post(path, { ...parameters, nocache: "1" }))).data.result;
  return {
    /** The value at an instant: one point a series, or those of a range `[...]`. */
    query: (query: string, at: number) => ask("/api/v1/query", { query, time: instant(at) }),
    /** Points from `from` to `to`, both inclusive. */
    queryRange: (query: string, { from, to, stepMs }: { from: number; to: number; stepMs: number }) =>
      ask("/api/v1/query_range", { query, start: instant(from), end: instant(to), step: seconds(stepMs) }),
  };
}

const seconds = (ms: number) => String(ms / 1_000);
/** Seconds are multiplied by a thousand there and cut off: a quarter of a millisecond more keeps 0.999 from becoming 0.998. */
export const instant = (at: number) => ((at + 0.25) / 1_000).toFixed(5);
