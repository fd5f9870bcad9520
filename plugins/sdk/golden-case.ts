import { z } from "zod";
import type {
  FileFacts,
  FileSystemFacts,
  HardwareFacts,
  HttpAnswer,
  MachineFacts,
  Received,
  TlsFacts,
} from "./context";
import { REASONS } from "./errors";

export const Fault = z.object({
  error: z.enum(REASONS),
  message: z.string().default("recorded failure"),
  hint: z.string().optional(),
  /** The system's word for it, as ECONNREFUSED: becomes the error's cause. */
  code: z.string().optional(),
  elapsedMs: z.number().optional(),
});
export type Fault = z.output<typeof Fault>;

const Text = z.union([z.string(), z.array(z.string()).transform((lines) => lines.join("\n"))]);

/** Steps of a stream as they happened: `send` is checked, `receive` is handed out, `tls` answers startTls. Bytes are `hex:`. */
const Step = z.union([
  z.object({ send: z.string() }),
  z.object({ receive: z.string() }),
  z.object({ tls: z.custom<TlsFacts>() }),
  z.object({ end: z.literal(true) }),
  Fault,
]);

/**
 * A golden case: `cases/<name>.json`. What the world said, and what must come of it. Recorded by `npm run plugin:record`
 * or written by hand after a recorded shape.
 */
export const Case = z.strictObject({
  about: z.string(),
  config: z.record(z.string(), z.unknown()).default({}),
  now: z.number().default(1_790_000_000_000),
  /** What the runner kept from an earlier run: key to value and epoch milliseconds. */
  memory: z.record(z.string(), z.object({ value: z.unknown(), at: z.number() })).default({}),
  world: z
    .strictObject({
      files: z.record(z.string(), z.union([Text, Fault])).default({}),
      /** Of files read in parts; a path without one is read from `files`. Bytes that are no text are `hex:`. */
      parts: z
        .array(
          z.object({
            path: z.string(),
            /** As it was asked for: negative is counted from the end. */
            offset: z.number(),
            answer: z.union([
              Fault,
              z.object({
                id: z.string().default("8:1"),
                bytes: z.number(),
                mtimeMs: z.number().default(1_790_000_000_000),
                offset: z.number().optional(),
                data: Text.default(""),
              }),
            ]),
          }),
        )
        .default([]),
      /** Only where it differs from what `files` and `links` imply. */
      dirs: z.record(z.string(), z.union([z.array(z.string()), Fault])).default({}),
      links: z.record(z.string(), z.union([z.string(), Fault])).default({}),
      stats: z
        .record(z.string(), z.union([z.custom<FileFacts>((value) => hasKey(value, "mtimeMs")), Fault]))
        .default({}),
      statfs: z
        .record(z.string(), z.union([z.custom<FileSystemFacts>((value) => hasKey(value, "blocks")), Fault]))
        .default({}),
      http: z
        .array(
          z.object({
            /** Where a body stands it must be the one sent, and the headers must be among those sent. */
            request: z.object({
              method: z.string().default("GET"),
              url: z.string(),
              body: z.string().optional(),
              headers: z.record(z.string(), z.string()).default({}),
            }),
            answer: z.union([
              Fault,
              z.object({
                status: z.number().default(200),
                headers: z.record(z.string(), z.string()).default({}),
                body: Text.optional(),
                json: z.unknown().optional(),
                truncated: z.boolean().default(false),
                url: z.string().optional(),
                redirects: z.number().default(0),
                remoteAddress: z.string().default("127.0.0.1"),
                timings: z.custom<HttpAnswer["timings"]>().optional(),
                tls: z.custom<TlsFacts>().optional(),
              }),
            ]),
          }),
        )
        .default([]),
      exec: z
        .array(
          z.object({
            argv: z.array(z.string()),
            answer: z.union([
              Fault,
              z.object({
                code: z.number().default(0),
                stdout: Text.default(""),
                stderr: Text.default(""),
                truncated: z.boolean().optional(),
              }),
            ]),
          }),
        )
        .default([]),
      streams: z
        .array(
          z.object({
            target: z.string(),
            connectMs: z.number().default(1),
            tls: z.custom<TlsFacts>().optional(),
            steps: z.union([z.array(Step), Fault]),
          }),
        )
        .default([]),
      datagrams: z.array(z.object({ target: z.string(), answer: z.union([z.string(), Fault]) })).default([]),
      lookups: z
        .record(
          z.string(),
          z.union([z.array(z.object({ address: z.string(), family: z.union([z.literal(4), z.literal(6)]) })), Fault]),
        )
        .default({}),
      drivers: z
        .record(z.string(), z.union([Fault, z.array(z.object({ ask: z.unknown(), answer: z.unknown() }))]))
        .default({}),
      machine: z.custom<MachineFacts>().optional(),
      /** What was pushed; what is left out is nothing. */
      received: z.custom<Partial<Received>>().optional(),
      hardware: z.custom<HardwareFacts>().optional(),
    })
    .prefault({}),
  /** For a plugin that is told: what is pushed, and under which metric and labels it is kept; null: it is not. */
  pushed: z
    .array(
      z.strictObject({
        name: z.string(),
        labels: z.record(z.string(), z.string()).default({}),
        kind: z.enum(["gauge", "total", "named", "plain"]),
        kept: z.strictObject({ metric: z.string(), labels: z.record(z.string(), z.string()).default({}) }).nullable(),
      }),
    )
    .default([]),
  expect: z.strictObject({
    /** `[metric, value, labels?]`; a share's value is `[part, whole]`. Every reading, in any order. */
    readings: z
      .array(
        z.union([z.tuple([z.string(), Value()]), z.tuple([z.string(), Value(), z.record(z.string(), z.string())])]),
      )
      .default([]),
    failure: z.object({ reason: z.enum(REASONS), message: z.string().optional() }).optional(),
    partial: z.array(z.enum(REASONS)).default([]),
    inventory: z.unknown().optional(),
  }),
});
export type Case = z.output<typeof Case>;

function Value() {
  return z.union([z.number(), z.tuple([z.number(), z.number()])]);
}

const hasKey = (value: unknown, key: string) => typeof value === "object" && value !== null && key in value;
