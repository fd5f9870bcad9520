import { z } from "zod";
import { MOST_LABELS, MOST_TEXT_BYTES, PushFault } from "./pushed";

/** JSON has whole numbers of 64 bits as texts, and what is no number by name. */
const numeric = z.union([z.number(), z.string().max(40).transform(Number), z.nan()]);
const text = z.string().max(MOST_TEXT_BYTES);
const count = numeric.default(0);

/** A list or a map has none of these: it is not kept. */
const AnyValue = z.object({
  stringValue: text.optional(),
  boolValue: z.boolean().optional(),
  intValue: numeric.optional(),
  doubleValue: numeric.optional(),
});
const attributes = z
  .array(z.object({ key: text.default(""), value: AnyValue.default({}) }))
  .max(MOST_LABELS)
  .default([]);
export type Attributes = z.output<typeof attributes>;

const point = { attributes, startTimeUnixNano: count, timeUnixNano: count, flags: count };
const infinite = z.union([z.number(), z.nan(), z.literal(Number.POSITIVE_INFINITY), numeric]);
const NumberPoint = z.object({ ...point, asDouble: infinite.optional(), asInt: numeric.optional() });
const HistogramPoint = z.object({
  ...point,
  count,
  sum: infinite.optional(),
  bucketCounts: z.array(numeric).default([]),
  explicitBounds: z.array(infinite).default([]),
});
const Buckets = z.object({ offset: count, bucketCounts: z.array(numeric).default([]) });
const ExponentialPoint = z.object({
  ...point,
  count,
  sum: infinite.optional(),
  scale: count,
  zeroCount: count,
  zeroThreshold: count,
  positive: Buckets.prefault({}),
  negative: Buckets.prefault({}),
});
const SummaryPoint = z.object({
  ...point,
  count,
  sum: infinite.default(0),
  quantileValues: z.array(z.object({ quantile: count, value: infinite.default(0) })).default([]),
});
export type NumberPoint = z.output<typeof NumberPoint>;
export type HistogramPoint = z.output<typeof HistogramPoint>;
export type ExponentialPoint = z.output<typeof ExponentialPoint>;
export type SummaryPoint = z.output<typeof SummaryPoint>;

/** 1 is delta, 2 cumulative; some write the name. */
const temporality = z
  .union([z.number(), z.string()])
  .default(0)
  .transform((said) => {
    if (said === 1 || said === "AGGREGATION_TEMPORALITY_DELTA") return "delta";
    return said === 2 || said === "AGGREGATION_TEMPORALITY_CUMULATIVE" ? "cumulative" : "unknown";
  });
export type Temporality = z.output<typeof temporality>;
const points = <P extends z.ZodType>(shape: P) => z.array(shape).default([]);

const Metric = z.object({
  name: text.default(""),
  unit: text.default(""),
  gauge: z.object({ dataPoints: points(NumberPoint) }).optional(),
  sum: z
    .object({
      dataPoints: points(NumberPoint),
      aggregationTemporality: temporality,
      isMonotonic: z.boolean().default(false),
    })
    .optional(),
  histogram: z.object({ dataPoints: points(HistogramPoint), aggregationTemporality: temporality }).optional(),
  exponentialHistogram: z
    .object({ dataPoints: points(ExponentialPoint), aggregationTemporality: temporality })
    .optional(),
  summary: z.object({ dataPoints: points(SummaryPoint) }).optional(),
});
export type Metric = z.output<typeof Metric>;

const Request = z.object({
  resourceMetrics: z
    .array(
      z.object({
        resource: z.object({ attributes }).prefault({}),
        scopeMetrics: z.array(z.object({ metrics: z.array(Metric).default([]) })).default([]),
      }),
    )
    .default([]),
});
type Request = z.output<typeof Request>;

/** What a request says, of whichever of the two forms. @throws PushFault */
export function parseOtlp(plain: unknown): Request {
  const parsed = Request.safeParse(plain);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new PushFault(`${issue?.path.join(".") || "The request"}: ${issue?.message}`);
}

const DEEPEST = 32;
const MOST_CONTAINERS = 1_000_000;

/**
 * JSON whose parts are no more than a sender's: a megabyte of brackets would become a hundred of objects.
 * @throws PushFault
 */
export function parseModestJson(bytes: Buffer): unknown {
  requireModest(bytes);
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (error) {
    throw new PushFault(`The body is no JSON: ${error instanceof Error ? error.message.slice(0, 200) : ""}`);
  }
}

const [QUOTE, BACKSLASH, OPENING, CLOSING] = [0x22, 0x5c, new Set([0x5b, 0x7b]), new Set([0x5d, 0x7d])];

function requireModest(bytes: Buffer): void {
  let [depth, containers] = [0, 0];
  for (let index = 0; index < bytes.length; index += 1) {
    const byte = bytes[index] ?? 0;
    if (byte === QUOTE) index = endOfText(bytes, index);
    else if (OPENING.has(byte)) {
      containers += 1;
      depth += 1;
      if (depth > DEEPEST || containers > MOST_CONTAINERS) throw new PushFault("The JSON is too deep, or too much.");
    } else if (CLOSING.has(byte)) depth -= 1;
  }
}

/** Where the quote is that ends what begins here. */
function endOfText(bytes: Buffer, start: number): number {
  for (let index = start + 1; index < bytes.length; index += 1) {
    if (bytes[index] === BACKSLASH) index += 1;
    else if (bytes[index] === QUOTE) return index;
  }
  return bytes.length;
}
