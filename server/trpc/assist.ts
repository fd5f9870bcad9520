import { z } from "zod";
import { AlertAnalysis } from "../assist/shapes/alert-analysis";
import { BUDGETS, BUNDLE_FORMATS, Bundle, NAMES } from "../assist/shapes/bundle";
import { MetricDocuments } from "../assist/shapes/metric-document";
import { QueryContext } from "../assist/shapes/query-context";
import { UnityError } from "../errors";
import { forSelf, router, toReadSeen } from "./init";

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
/** As far back as hours are kept by default: beyond, four times as long before it says nothing. */
const LONGEST_MS = 366 * DAY_MS;

/** Epoch milliseconds. */
const Window = {
  /** The past day when it is left out. */
  from: z.number().int().nonnegative().optional(),
  /** Now when it is left out. */
  to: z.number().int().nonnegative().optional(),
};
const Budget = z.number().refine((tokens) => BUDGETS.some((one) => one === tokens), {
  message: `A budget is ${BUDGETS.join(", ")} tokens.`,
});
const Ids = z.array(z.string().max(64)).max(50).default([]);

/** @throws UnityError `invalid` */
function windowOf({ from, to }: { from?: number | undefined; to?: number | undefined }, now: number, usualMs: number) {
  const end = to ?? now;
  const start = from ?? end - usualMs;
  if (end <= start) throw new UnityError("invalid", "The window ends before it begins.", { field: "to" });
  if (end - start > LONGEST_MS) throw new UnityError("invalid", "A window spans at most a year.", { field: "from" });
  return { from: start, to: end };
}

/** What is known, in forms for whoever was not there: assistants, scripts, people far away. */
export const assistRouter = router({
  /** The newest value of each series, each with a sentence and how it was collected. */
  documents: toReadSeen
    .input(
      z
        .object({
          instance: z.string().max(64).optional(),
          /** Ids; all of them when there is none. */
          plugins: Ids,
          metrics: z.array(z.string().max(191)).max(50).default([]),
          limit: z.number().int().min(1).max(2_000).default(200),
        })
        .prefault({}),
    )
    .output(MetricDocuments)
    .query(({ ctx: { unity }, input }) => unity.assist.documents(input)),

  /** Which metrics a question speaks of, and how they did. By words, not by a model: the same question has the same answer. */
  context: toReadSeen
    .input(
      z.object({
        question: z.string().trim().min(1).max(500),
        ...Window,
        plugins: Ids,
        limit: z.number().int().min(1).max(100).default(20),
      }),
    )
    .output(QueryContext)
    .query(({ ctx: { unity }, input: { from, to, ...asked } }) =>
      unity.assist.context({ ...asked, ...windowOf({ from, to }, unity.clock.now(), DAY_MS) }),
    ),

  /** Why an alert is red: what is usual, where it is heading, what else moved, and what to do. */
  analysis: toReadSeen
    .input(z.object({ id: z.string().max(200) }))
    .output(AlertAnalysis)
    .query(({ ctx: { unity }, input }) => unity.assist.analyse(input.id)),

  /** A window of time as one text, in order of worth, that has no more tokens than asked for and no secrets. */
  bundle: toReadSeen
    .input(
      z
        // What is not known is refused: whoever mistypes a window would be answered at length of another one.
        .strictObject({
          ...Window,
          /** Tokens, as Unity counts them: 8000, 32000 or 128000. */
          budget: Budget.default(32_000),
          /** "pseudonyms": machines' names and addresses are numbers. */
          names: z.enum(NAMES).default("real"),
          format: z.enum(BUNDLE_FORMATS).default("markdown"),
        })
        .prefault({}),
    )
    .output(Bundle)
    .query(({ ctx: { unity }, input: { from, to, ...terms } }) => {
      // Whole minutes, so that who asks twice at once gets the same.
      const now = Math.floor(unity.clock.now() / 60_000) * 60_000 + 60_000;
      return unity.assist.bundle({ ...terms, ...windowOf({ from, to }, now, 24 * HOUR_MS) });
    }),

  /** What assistants may do here. */
  settings: forSelf
    .output(z.object({ mayAct: z.boolean() }))
    .query(({ ctx: { unity } }) => ({ mayAct: unity.assist.mayAct })),
});
