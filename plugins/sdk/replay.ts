import { z } from "zod";
import { type Collected, collectReadings } from "./collect";
import type {
  Conversation,
  Doors,
  ExecAnswer,
  FileFacts,
  FileSystemFacts,
  HttpAnswer,
  MachineFacts,
  TlsFacts,
} from "./context";
import { CollectError, REASONS } from "./errors";
import { createMemory } from "./memory";
import type { Plugin } from "./plugin";

const Fault = z.object({
  error: z.enum(REASONS),
  message: z.string().default("recorded failure"),
  hint: z.string().optional(),
  /** The system's word for it, as ECONNREFUSED: becomes the error's cause. */
  code: z.string().optional(),
  elapsedMs: z.number().optional(),
});
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
            request: z.object({ method: z.string().default("GET"), url: z.string(), body: z.string().optional() }),
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
              z.object({ code: z.number().default(0), stdout: Text.default(""), stderr: Text.default("") }),
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
    })
    .prefault({}),
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

/** Runs a plugin against a case's world, without network, files or clock. */
export async function replayCase(plugin: Plugin, recorded: Case): Promise<Collected> {
  return collectReadings(plugin, {
    config: recorded.config,
    doors: replayDoors(recorded.world),
    now: recorded.now,
    signal: new AbortController().signal,
    memory: createMemory(() => recorded.now, recorded.memory),
    log: { debug: () => {}, warn: () => {} },
  });
}

const NO_TIMINGS = { dns: 0, connect: 1, tls: 0, ttfb: 2, transfer: 1, total: 4 };
const MACHINE: MachineFacts = {
  hostname: "testhost",
  platform: "linux",
  arch: "x64",
  cpuCount: 4,
  cpuModel: "Test CPU",
  totalBytes: 8_589_934_592,
  freeBytes: 4_294_967_296,
  interfaces: {},
};

function replayDoors(world: Case["world"]): Doors {
  const http = takeInTurn(world.http, (entry) => `${entry.request.method} ${entry.request.url}`);
  const exec = takeInTurn(world.exec, (entry) => entry.argv.join(" "));
  const streams = takeInTurn(world.streams, (entry) => entry.target);
  const datagrams = takeInTurn(world.datagrams, (entry) => entry.target);
  return {
    fetch: async (url, options = {}) => {
      const { answer } = http(`${options.method ?? "GET"} ${url}`);
      const said = orThrow(answer);
      return {
        status: said.status,
        headers: said.headers,
        body: said.body ?? (said.json === undefined ? "" : JSON.stringify(said.json)),
        truncated: said.truncated,
        url: said.url ?? url,
        redirects: said.redirects,
        remoteAddress: said.remoteAddress,
        timings: said.timings ?? NO_TIMINGS,
        ...(said.tls ? { tls: said.tls } : {}),
      };
    },
    exec: async (tool, args): Promise<ExecAnswer> => orThrow(exec([tool, ...args].join(" ")).answer),
    readFile: async (path) => orThrow(world.files[path] ?? missing(path)),
    listDir: async (path) => orThrow(world.dirs[path] ?? impliedNames(world, path) ?? missing(path)),
    readLink: async (path) => orThrow(world.links[path] ?? missing(path)),
    stat: async (path) => orThrow(world.stats[path] ?? missing(path)),
    statfs: async (path) => orThrow(world.statfs[path] ?? missing(path)),
    connect: async (target) => {
      const key = target.path ? `unix:${target.path}` : `${target.transport}://${target.host}:${target.port}`;
      return replayStream(streams(key));
    },
    datagram: async ({ host, port }) => bytesOf(orThrow(datagrams(`udp://${host}:${port}`).answer)),
    lookup: async (host) =>
      orThrow(world.lookups[host] ?? { error: "dns" as const, message: `No address for ${host}.` }),
    driver: async <Q, A>(name: string) => {
      const turns = takeInTurn(orThrow(world.drivers[name] ?? missing(`driver ${name}`)), (entry) =>
        JSON.stringify(entry.ask),
      );
      return async (question: Q): Promise<A> => {
        const { answer } = turns(JSON.stringify(question));
        const said = Fault.safeParse(answer);
        if (said.success) throw fault(said.data);
        return answer as A; // The case's author vouches for the shape; the plugin parses it.
      };
    },
    machine: async () => world.machine ?? MACHINE,
  };
}

function replayStream(entry: Case["world"]["streams"][number]): Conversation {
  const steps = [...orThrow(entry.steps)];
  let pending = new Uint8Array();
  let tls = entry.tls;
  const fill = (): boolean => {
    const step = steps[0];
    if (step && "error" in step) throw fault(step);
    if (step && "end" in step) steps.shift();
    if (!step || !("receive" in step)) return false;
    steps.shift();
    pending = Uint8Array.from([...pending, ...bytesOf(step.receive)]);
    return true;
  };
  const take = (length: number) => {
    const taken = pending.slice(0, length);
    pending = pending.slice(length);
    return taken;
  };
  return {
    remoteAddress: "127.0.0.1",
    connectMs: entry.connectMs,
    get tls() {
      return tls;
    },
    write: async (data) => {
      const step = steps.shift();
      const sent = typeof data === "string" ? new TextEncoder().encode(data) : data;
      if (step && "error" in step) throw fault(step);
      if (!step || !("send" in step) || !sameBytes(bytesOf(step.send), sent)) {
        throw new CollectError(
          "internal",
          `The case expected ${JSON.stringify(step ?? "the end")}, the plugin sent ${JSON.stringify(new TextDecoder().decode(sent))}.`,
        );
      }
    },
    readLine: async () => {
      while (!pending.includes(10))
        if (!fill()) throw new CollectError("protocol", "The connection ended within a line.");
      return new TextDecoder().decode(take(pending.indexOf(10) + 1)).replace(/\r?\n$/, "");
    },
    read: async (length) => {
      while (pending.length < length)
        if (!fill()) throw new CollectError("protocol", "The connection ended too early.");
      return take(length);
    },
    readAll: async () => {
      while (fill());
      return take(pending.length);
    },
    startTls: async () => {
      const step = steps.shift();
      if (step && "error" in step) throw fault(step);
      if (!step || !("tls" in step)) throw new CollectError("internal", "The case has no TLS handshake here.");
      tls = step.tls;
    },
    close: () => {},
  };
}

/** Answers by key; several of one key are given in their order, the last one again and again. */
function takeInTurn<T>(entries: readonly T[], keyOf: (entry: T) => string): (key: string) => T {
  const queues = new Map<string, T[]>();
  for (const entry of entries) queues.set(keyOf(entry), [...(queues.get(keyOf(entry)) ?? []), entry]);
  return (key) => {
    const queue = queues.get(key);
    const entry = queue && queue.length > 1 ? queue.shift() : queue?.[0];
    if (entry === undefined)
      throw new CollectError(
        "internal",
        `The case has no answer for ${key}. It has: ${[...queues.keys()].join(", ") || "none"}.`,
      );
    return entry;
  };
}

export function impliedNames(world: Case["world"], path: string): string[] | undefined {
  const prefix = path.endsWith("/") ? path : `${path}/`;
  const names = new Set<string>();
  for (const known of [...Object.keys(world.files), ...Object.keys(world.links), ...Object.keys(world.stats)]) {
    const name = known.startsWith(prefix) ? known.slice(prefix.length).split("/")[0] : undefined;
    if (name) names.add(name);
  }
  return names.size > 0 ? [...names].sort() : undefined;
}

type Fault = z.output<typeof Fault>;
const missing = (what: string): Fault => ({ error: "not_found", message: `${what} is not there.` });
const fault = (said: Fault) =>
  new CollectError(said.error, said.message, {
    hint: said.hint,
    elapsedMs: said.elapsedMs,
    ...(said.code ? { cause: { code: said.code } } : {}),
  });

function orThrow<T>(answer: T | Fault): T {
  if (typeof answer === "object" && answer !== null && "error" in answer) throw fault(answer as Fault);
  return answer as T;
}
const hasKey = (value: unknown, key: string) => typeof value === "object" && value !== null && key in value;

/** Text as UTF-8, or after `hex:` as bytes. */
function bytesOf(text: string): Uint8Array {
  if (!text.startsWith("hex:")) return new TextEncoder().encode(text);
  const digits = text.slice(4).replace(/\s/g, "");
  return Uint8Array.from({ length: digits.length / 2 }, (_, index) =>
    Number.parseInt(digits.slice(index * 2, index * 2 + 2), 16),
  );
}
const sameBytes = (a: Uint8Array, b: Uint8Array) =>
  a.length === b.length && a.every((byte, index) => byte === b[index]);
