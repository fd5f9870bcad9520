import { z } from "zod";
import { shortMetric } from "./short";
import { defineTool, HOUR_MS, id, limit, type Tool, Window, windowOf } from "./tool";

/** What was measured. */
export const COURSE_TOOLS: readonly Tool[] = [
  defineTool({
    name: "search_metrics",
    title: "Find metrics by words",
    description:
      'Which series have to do with some words ("free space of nas", "certificate days left"), the best first, each with instance, labels, unit and newest value. No model is asked: words are compared with names and descriptions.',
    input: z.object({ words: z.string().trim().min(1).max(300), limit: limit(100, 20) }),
    async run(caller, { words, limit: most }, now) {
      const { metrics, total } = await caller.assist.context({
        ...{ question: words, limit: most, from: now - HOUR_MS, to: now },
      });
      return {
        total,
        metrics: metrics.map(({ plugin, instance, metric, description, unit, labels, current, relevance }) => ({
          ...{ metric, labels, unit, description, plugin, instance, current, relevance },
        })),
      };
    },
  }),
  defineTool({
    name: "query_metrics",
    title: "A course over time",
    description:
      "A window of time of an instance's metrics in at most so many points: average, minimum and maximum of each bucket. Bucket i begins at from + i * step_ms; null is a gap.",
    input: z.object({
      instance: id("an instance"),
      metrics: z.array(z.string().max(191)).min(1).max(10).describe("Names, as search_metrics has them."),
      where: z.record(z.string(), z.string()).default({}).describe("Labels that a series must have."),
      ...Window,
      points: z.number().int().min(10).max(200).default(60),
      lines: limit(20, 10),
    }),
    about: ({ instance }) => instance,
    async run(caller, { instance, metrics, where, points, lines, ...window }, now) {
      const range = await caller.metrics.range({
        ...{ instance, metrics, where, maxPoints: points, maxLines: lines },
        ...windowOf(window, now),
      });
      return {
        from: range.from,
        step_ms: range.stepMs,
        total: range.total,
        lines: range.lines.map(({ metric, labels, avg, min, max }) => ({
          metric,
          labels,
          avg: avg.map(tidy),
          min: min.map(tidy),
          max: max.map(tidy),
        })),
      };
    },
  }),
  defineTool({
    name: "latest",
    title: "Newest values",
    description: "The newest value of each series, each with a plain sentence, its unit, and whether it is fresh.",
    input: z.object({
      instance: id("an instance").optional(),
      plugins: z.array(z.string().max(64)).max(20).default([]).describe("Ids of plugins; all when empty."),
      metrics: z.array(z.string().max(191)).max(50).default([]).describe("Names; all when empty."),
      limit: limit(300, 60),
    }),
    about: ({ instance }) => instance,
    async run(caller, asked) {
      const { total, documents } = await caller.assist.documents(asked);
      return { total, documents: documents.map(shortMetric) };
    },
  }),
  defineTool({
    name: "query_context",
    title: "What to know for a question",
    description:
      "For a question in plain words: the metrics that speak of it, each with current value, minimum, average, maximum, when the peak was, and trend over the window.",
    input: z.object({ question: z.string().trim().min(1).max(500), ...Window, limit: limit(50, 15) }),
    run: (caller, { question, limit: most, ...window }, now) =>
      caller.assist.context({ question, limit: most, ...windowOf(window, now) }),
  }),
  defineTool({
    name: "bundle",
    title: "Everything in one text",
    description:
      "A whole window of time as Markdown with JSON lines, the most important first: what fires and fails, when disks are full, certificates, backups, UPS, SMART, machines, containers, what moved, what happened, key metrics. Never more than the budget of tokens.",
    input: z.object({
      ...Window,
      budget: z
        .union([z.literal(8_000), z.literal(32_000), z.literal(128_000)])
        .default(8_000)
        .describe("Tokens at most."),
      pseudonyms: z.boolean().default(false).describe("Numbers in place of machines' names and addresses."),
    }),
    async run(caller, { budget, pseudonyms, ...window }, now) {
      const whole = Math.ceil(now / 60_000) * 60_000;
      const terms = { budget, names: pseudonyms ? "pseudonyms" : "real", format: "markdown" } as const;
      return (await caller.assist.bundle({ ...terms, ...windowOf(window, whole) })).text;
    },
  }),
];

const tidy = (value: number | null) => (value === null ? null : Number(value.toPrecision(5)));
