import { z } from "zod";
import type { Plugin } from "../../plugins/sdk/plugin";
import type { Trace } from "../../plugins/sdk/trace";

const words = z.array(z.string().min(1).max(200)).min(1).max(50);
const proposing = { config: z.custom((value) => typeof value === "function", "must be a function") };
const asks = z.string().trim().min(1).max(200).optional();

export const TraceShape = z.discriminatedUnion("seen", [
  z.strictObject({
    ...proposing,
    asks,
    seen: z.literal("service"),
    ports: z.array(z.int().min(1).max(65_535)).max(60),
    process: words.optional(),
    onlyPorts: z.boolean().optional(),
    image: words.optional(),
    answer: z
      .strictObject({
        path: z.string().startsWith("/").max(300),
        tls: z.boolean().optional(),
        status: z.union([z.array(z.int().min(100).max(599)).min(1), z.literal("any")]).optional(),
        body: z.string().min(1).max(200).optional(),
        header: z
          .tuple([z.string().regex(/^[a-z0-9-]+$/), z.string().max(200)])
          .readonly()
          .optional(),
      })
      .optional(),
    rest: z.boolean().optional(),
  }),
  z.strictObject({
    ...proposing,
    asks,
    seen: z.literal("file"),
    paths: z.array(z.string().startsWith("/").max(300)).min(1).max(50),
    type: z.enum(["file", "directory", "socket", "block", "other"]).optional(),
    each: z.boolean().optional(),
    alias: z.boolean().optional(),
  }),
  z.strictObject({ ...proposing, asks, seen: z.literal("mount"), types: words }),
]);

/** What a trace proposes must be a config of its plugin, and complete unless it asks for the rest. */
export function findTraceProblems({ discover = [], config }: Plugin): string[] {
  return discover.flatMap((trace, index) =>
    traceProblems(trace, config).map((problem) => `discover[${index}]: ${problem}`),
  );
}

function traceProblems(trace: Trace, config: z.ZodObject): string[] {
  if (trace.seen === "service" && trace.ports.length === 0 && (trace.answer || trace.onlyPorts || trace.image))
    return ["needs ports: where to ask, or which of a container's ports it is."];
  let proposed: Readonly<Record<string, unknown>>;
  try {
    proposed = sampleOf(trace);
  } catch (error) {
    return [`its config throws: ${error instanceof Error ? error.message : error}`];
  }
  const unknown = Object.keys(proposed).filter((key) => !Object.hasOwn(config.shape, key));
  const parsed = config.safeParse(proposed);
  return [
    ...unknown.map((key) => `proposes "${key}", which the config does not have.`),
    ...(parsed.success || trace.asks
      ? []
      : parsed.error.issues.map(
          ({ path, message }) =>
            `proposes a config that is not complete (${path.join(".")}: ${message}); say what it asks for.`,
        )),
  ];
}

function sampleOf(trace: Trace): Readonly<Record<string, unknown>> {
  if (trace.seen !== "service") return trace.config({ path: "/srv/sample" });
  const port = trace.ports[0] ?? 8_000;
  return trace.config({ host: "127.0.0.1", port, place: `127.0.0.1:${port}` });
}
