import { z } from "zod";
import { REASONS } from "../../plugins/sdk/errors";
import { CATEGORIES, type Plugin } from "../../plugins/sdk/plugin";
import { UNITS } from "../../plugins/sdk/units";
import { findBoardProblems } from "./validate-board";
import { findConfigProblems } from "./validate-config";
import { findMetricProblems } from "./validate-metrics";
import { findRuleProblems } from "./validate-rules";
import { findTraceProblems, TraceShape } from "./validate-traces";

const text = (max: number) => z.string().trim().min(1).max(max);
const seconds = z.number().positive();
const isFunction = z.custom((value) => typeof value === "function", "must be a function");

/** What every definition is made of; how its parts fit together is looked at afterwards. */
const Definition = z.strictObject({
  id: z
    .string()
    .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, "must be lower case with hyphens")
    .max(40),
  name: text(60),
  summary: text(200),
  category: z.enum(CATEGORIES),
  tier: z.union([z.literal(0), z.literal(1), z.literal(2), z.literal(3)]),
  kind: z.enum(["host", "network"]),
  needs: z.array(text(300)).optional(),
  intervalSeconds: seconds,
  minIntervalSeconds: seconds.optional(),
  timeoutMs: z.number().int().min(100).max(600_000).optional(),
  autostart: z.boolean().optional(),
  config: z.custom((value) => value instanceof z.ZodObject, "must be a z.object"),
  metrics: z.record(
    z.string(),
    z.strictObject({
      kind: z.enum(["gauge", "counter", "share", "info"]),
      unit: z.enum(UNITS),
      description: text(400),
      labels: z.array(z.string()).max(16).optional(),
      everySeconds: seconds.optional(),
      min: z.number().optional(),
      max: z.number().optional(),
    }),
  ),
  metricOf: isFunction.optional(),
  receive: isFunction.optional(),
  alerts: z.array(
    z.looseObject({
      id: z.string().regex(/^[a-z][a-z0-9]*(_[a-z0-9]+)*$/, "must be snake_case"),
      metric: z.string(),
      where: z.record(z.string(), z.string()).optional(),
      over: z
        .union([
          z.strictObject({ increaseSeconds: seconds }),
          z.strictObject({ changesSeconds: seconds }),
          z.strictObject({ forecastSeconds: seconds }),
        ])
        .optional(),
      forSeconds: z.number().nonnegative().optional(),
      severity: z.enum(["info", "warning", "critical"]),
      summary: text(300),
    }),
  ),
  board: z.array(z.looseObject({ type: z.enum(["meter", "states", "table", "chart"]), title: text(80) })),
  help: z.partialRecord(z.enum(REASONS), text(400)).optional(),
  discover: z.array(TraceShape).max(20).optional(),
  target: isFunction.optional(),
  collect: isFunction,
});

export type Verdict =
  | { readonly ok: true; readonly plugin: Plugin }
  /** With the plugin when it could run, but must not be shipped as it is. */
  | { readonly ok: false; readonly problems: readonly string[]; readonly plugin?: Plugin };

/** Says whether what a folder exports is a plugin, and if not exactly what is wrong, all of it. */
export function validateDefinition(folderName: string, exported: unknown): Verdict {
  if (exported === undefined)
    return { ok: false, problems: ["index.ts has no default export. Write: export default definePlugin({ ... })."] };
  const shape = Definition.safeParse(exported);
  if (!shape.success) {
    const problems = shape.error.issues.map(({ path, message }) => `${path.join(".") || "the definition"}: ${message}`);
    return { ok: false, problems };
  }
  const plugin = exported as Plugin; // The schema above has just vouched for it.
  const problems = [
    ...findNameProblems(folderName, plugin),
    ...findConfigProblems(plugin),
    ...findMetricProblems(plugin.metrics),
    ...findRuleProblems(plugin),
    ...findBoardProblems(plugin),
    ...findTraceProblems(plugin),
  ];
  return problems.length === 0 ? { ok: true, plugin } : { ok: false, problems, plugin };
}

function findNameProblems(folderName: string, plugin: Plugin): string[] {
  const problems: string[] = [];
  if (plugin.id !== folderName) problems.push(`id: is "${plugin.id}", but the folder is "${folderName}".`);
  const floor = plugin.minIntervalSeconds ?? 5;
  if (plugin.intervalSeconds < floor)
    problems.push(`intervalSeconds: ${plugin.intervalSeconds} is below the floor of ${floor} seconds.`);
  if (plugin.receive && !plugin.metricOf) problems.push("receive: what is pushed is found, so metricOf must know it.");
  return problems;
}
