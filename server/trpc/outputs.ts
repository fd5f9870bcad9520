import { z } from "zod";
import { CATEGORIES } from "../../plugins/sdk/plugin";
import { MutedBy } from "../alerts/shapes/silence";

/** Shapes that procedures answer with. Instants are epoch milliseconds, null is "unknown". */

const Labels = z.record(z.string(), z.string());
const Unit = z.string();

const Figure = z.object({
  title: z.string(),
  unit: Unit,
  combine: z.enum(["max", "min", "sum", "avg"]),
  series: z.array(z.number()),
  max: z.union([z.number(), z.array(z.number()), z.null()]),
  warn: z.number().nullable(),
  bad: z.number().nullable(),
  lowIsBad: z.boolean(),
  staleAfterMs: z.number(),
});

export const CatalogueEntry = z.object({
  id: z.string(),
  name: z.string(),
  summary: z.string(),
  category: z.enum(CATEGORIES),
  tier: z.number(),
  kind: z.enum(["host", "network"]),
  needs: z.array(z.string()),
  instances: z.number(),
  /** How many of them are what now; a paused one is nothing else. */
  states: z.object({
    failing: z.number(),
    degraded: z.number(),
    healthy: z.number(),
    unknown: z.number(),
    paused: z.number(),
  }),
  /** Why it could not be loaded; null when it was. */
  broken: z.string().nullable(),
});

export const MetricInfo = z.object({
  name: z.string(),
  kind: z.enum(["gauge", "counter", "share", "info"]),
  unit: Unit,
  /** The unit of stored values. */
  storedUnit: Unit,
  description: z.string(),
  labels: z.array(z.string()),
  everySeconds: z.number().nullable(),
});

export const Rule = z.object({
  id: z.string(),
  instanceId: z.string().nullable(),
  instanceName: z.string().nullable(),
  plugin: z.string(),
  pluginName: z.string(),
  metric: z.string(),
  /** "above 0.9", "below 7 d", in words and base units. */
  comparison: z.enum(["above", "below", "equals"]),
  threshold: z.number().nullable(),
  /** The threshold is this metric times `times`. */
  thresholdMetric: z.string().nullable(),
  times: z.number(),
  where: Labels,
  over: z.object({ kind: z.enum(["increase", "changes", "forecast"]), seconds: z.number() }).nullable(),
  forSeconds: z.number(),
  unit: Unit,
  severity: z.enum(["info", "warning", "critical"]),
  summary: z.string(),
});

export const PluginDetail = CatalogueEntry.extend({
  /** Programs push into it; it asks nobody. */
  told: z.boolean(),
  /** Its instances: their names are taken. */
  existing: z.array(z.object({ id: z.string(), name: z.string() })),
  /** The machine Unity runs on: the host of an instance that names none. */
  localHost: z.string(),
  /** Every machine that instances speak of. */
  hosts: z.array(z.string()),
  intervalSeconds: z.number(),
  minIntervalSeconds: z.number(),
  timeoutMs: z.number(),
  /** JSON Schema of the config's input, with titles, descriptions, `secret`, `advanced` and `placeholder`. */
  form: z.record(z.string(), z.unknown()),
  metrics: z.array(MetricInfo),
  rules: z.array(Rule),
});

const Status = z.object({
  instanceId: z.string(),
  health: z.enum(["unknown", "healthy", "degraded", "failing"]),
  since: z.number(),
  lastRunAt: z.number().nullable(),
  lastSuccessAt: z.number().nullable(),
  reason: z.string().nullable(),
  message: z.string().nullable(),
  hint: z.string().nullable(),
  consecutiveErrors: z.number(),
});

export const InstanceSummary = z.object({
  id: z.string(),
  plugin: z.string(),
  pluginName: z.string(),
  category: z.enum(CATEGORIES),
  name: z.string(),
  host: z.string(),
  /** The address or path it speaks of; "" when it is this machine. */
  target: z.string(),
  enabled: z.boolean(),
  intervalSeconds: z.number(),
  tags: z.array(z.string()),
  /** What keeps it from being asked just now. */
  maintenance: MutedBy.nullable(),
  status: Status,
});

// Unity made them a moment ago: looking at each of sixty points of hundreds of lines again costs more than reading them.
/** One figure with the past hour as a line of averages, one a minute, null where nothing was measured; empty where it is not drawn. */
const FigureWithSpark = Figure.extend({
  spark: z.custom<(number | null)[]>(Array.isArray).meta({ type: "array", items: { type: ["number", "null"] } }),
});

const STRIP = ["ok", "partial", "failed", "none"] as const;
const Strip = z.custom<(typeof STRIP)[number][]>(Array.isArray).meta({ type: "array", items: { enum: [...STRIP] } });
export const Overview = z.object({
  at: z.number(),
  hosts: z.array(
    z.object({
      host: z.string(),
      health: Status.shape.health,
      /** False when all its instances are paused. */
      enabled: z.boolean(),
      /** The instance that a click on the row opens. */
      instanceId: z.string(),
      instances: z.number(),
      failing: z.number(),
      bootedAtSeries: z.array(z.number()),
      vitals: z.array(
        z.object({
          key: z.enum(["cpu", "memory", "disk", "receive", "transmit", "temperature"]),
          figure: FigureWithSpark,
        }),
      ),
      /** 48 half hours, oldest first. */
      strip: Strip,
    }),
  ),
  instances: z.array(InstanceSummary.extend({ figures: z.array(FigureWithSpark), strip: Strip })),
  /** Newest sample of every series that a figure names. */
  latest: z.array(z.object({ series: z.number(), at: z.number(), value: z.number() })),
  /** Labels of the series of figures that have limits, for "which of them?". */
  lines: z.array(z.object({ series: z.number(), labels: Labels })),
  /** What rules with a forecast watch, and when it meets their threshold at its present pace. Soonest first. */
  outlook: z.array(
    z.object({
      instanceId: z.string(),
      series: z.number(),
      metric: z.string(),
      unit: Unit,
      labels: Labels,
      comparison: z.enum(["above", "below"]),
      threshold: z.number(),
      at: z.number(),
    }),
  ),
  /** When the newest instance came into its present health: "all is well since". */
  calmSince: z.number().nullable(),
});

const Json = z.union([z.string(), z.number(), z.boolean(), z.null()]);
export const Inventory = z.object({
  at: z.number(),
  facts: z.record(z.string(), Json),
  lists: z.record(z.string(), z.array(z.record(z.string(), Json))),
});

export const SeriesInfo = z.object({
  series: z.number(),
  metric: z.string(),
  labels: Labels,
  latest: z.object({ at: z.number(), value: z.number() }).nullable(),
});

const BoardMeter = z.object({ type: z.literal("meter"), figure: Figure });
const BoardStates = z.object({ type: z.literal("states"), metric: z.string(), title: z.string(), by: z.string() });
const BoardTable = z.object({
  type: z.literal("table"),
  title: z.string(),
  by: z.string(),
  columns: z.array(z.object({ metric: z.string(), title: z.string(), unit: Unit })),
  sort: z.object({ metric: z.string(), ascending: z.boolean() }),
  limit: z.number(),
});
const BoardChart = z.object({
  type: z.literal("chart"),
  title: z.string(),
  metrics: z.array(z.string()),
  unit: Unit,
  where: Labels,
  stacked: z.boolean(),
});

export const InstanceDetail = InstanceSummary.extend({
  timeoutMs: z.number(),
  /** Secrets are `***`. */
  config: z.record(z.string(), z.unknown()),
  createdAt: z.number(),
  /** 48 half hours, oldest first, and when the last one ends. */
  strip: Strip,
  stripEndsAt: z.number(),
  board: z.array(z.discriminatedUnion("type", [BoardMeter, BoardStates, BoardTable, BoardChart])),
  metrics: z.array(MetricInfo),
  series: z.array(SeriesInfo),
});

export const Run = z.object({
  id: z.string(),
  startedAt: z.number(),
  durationMs: z.number(),
  outcome: z.enum(["ok", "partial", "failed"]),
  readings: z.number(),
  refused: z.number(),
  attempts: z.number(),
  reason: z.string().nullable(),
  message: z.string().nullable(),
  hint: z.string().nullable(),
  remarks: z.array(z.string()),
});

/** What came back from a dry run: nothing of it is stored. */
export const TestResult = z.object({
  ok: z.boolean(),
  durationMs: z.number(),
  readings: z.array(
    z.object({
      metric: z.string(),
      description: z.string(),
      unit: Unit,
      kind: MetricInfo.shape.kind,
      labels: Labels,
      value: z.number(),
    }),
  ),
  /** How many readings there were; the list is cut at 500. */
  total: z.number(),
  partial: z.array(z.object({ reason: z.string(), message: z.string() })),
  refused: z.array(z.string()),
  failure: z.object({ reason: z.string(), message: z.string(), hint: z.string().nullable() }).nullable(),
  inventory: Inventory.omit({ at: true }).nullable(),
  /** The rules that would watch it, with the thresholds of this config. */
  rules: z.array(Rule),
});

const Column = z.array(z.number().nullable());
export const Range = z.object({
  /** Buckets start at `from + i * stepMs`, `length` of them. */
  from: z.number(),
  stepMs: z.number(),
  length: z.number(),
  /** 0 raw, else the rollup's seconds. */
  tierSeconds: z.number(),
  /** Series with data in the window; `lines` holds the largest of them. */
  total: z.number(),
  lines: z.array(
    z.object({ series: z.number(), metric: z.string(), labels: Labels, avg: Column, min: Column, max: Column }),
  ),
});

/** Everything since the viewer's last message: sample i is `(series[i], times[i], values[i])`. */
export const LiveMessage = z.object({
  at: z.number(),
  series: z.array(z.number()),
  times: z.array(z.number()),
  values: z.array(z.number()),
  statuses: z.array(Status),
  changed: z.boolean(),
  alerts: z.boolean(),
});
