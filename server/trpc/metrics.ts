import { z } from "zod";
import { UnityError } from "../errors";
import { router, toReadSeen } from "./init";
import { Range, SeriesInfo } from "./outputs";

const Labels = z.record(z.string(), z.string());
const Select = z.object({
  instance: z.string().max(64),
  /** All metrics when empty. */
  metrics: z.array(z.string().max(191)).max(50).default([]),
  where: Labels.default({}),
});
/** Ten years: beyond lies a mistake. */
const LONGEST_MS = 3_653 * 86_400_000;

/** Series and samples. */
export const metricsRouter = router({
  /** Every series of an instance with its newest sample. */
  latest: toReadSeen
    .input(Select)
    .output(z.array(SeriesInfo))
    .query(({ ctx: { unity }, input }) => {
      const chosen = unity.describe.select(input);
      const latest = new Map(unity.store.latest(chosen.map(({ id }) => id)).map((sample) => [sample.series, sample]));
      return chosen.map(({ id, metric, labels }) => {
        const sample = latest.get(id);
        return {
          series: id,
          metric,
          labels: { ...labels },
          latest: sample ? { at: sample.at, value: sample.value } : null,
        };
      });
    }),

  /** A window in at most `maxPoints` buckets from the finest tier that fits: averages with their minimum and maximum. */
  range: toReadSeen
    .input(
      Select.extend({
        from: z.number().int().nonnegative(),
        to: z.number().int().nonnegative(),
        maxPoints: z.number().int().min(10).max(5_000).default(600),
        /** At most so many lines, the largest on average first. */
        maxLines: z.number().int().min(1).max(200).default(50),
      }),
    )
    .output(Range)
    .query(async ({ ctx: { unity }, input }) => {
      const { from, to, maxPoints, maxLines } = input;
      if (to <= from) throw new UnityError("invalid", "The range ends before it begins.", { field: "to" });
      if (to - from > LONGEST_MS)
        throw new UnityError("invalid", "A range spans at most ten years.", { field: "from" });
      return unity.describe.range(input, { from, to, maxPoints, maxLines });
    }),
});
