import { type Collected, collectReadings } from "./collect";
import {
  type Conversation,
  type Doors,
  type ExecAnswer,
  type FilePart,
  type MachineFacts,
  NOTHING_RECEIVED,
} from "./context";
import { CollectError } from "./errors";
import { type Case, Fault } from "./golden-case";
import { parseAddress } from "./ip-address";
import { createMemory } from "./memory";
import type { Plugin } from "./plugin";

/** Runs a plugin against a case's world, without network, files or clock. */
export async function replayCase(plugin: Plugin, recorded: Case): Promise<Collected> {
  return collectReadings(plugin, {
    config: recorded.config,
    doors: replayDoors(recorded.world),
    now: recorded.now,
    signal: new AbortController().signal,
    memory: createMemory(() => recorded.now, recorded.memory),
    log: { debug: () => {}, warn: () => {} },
    received: () => ({ ...NOTHING_RECEIVED, ...recorded.world.received }),
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
  uptimeSeconds: 86_400,
  loadAverages: [0.5, 0.4, 0.3],
  cpuSeconds: { user: 1_000, nice: 0, system: 500, idle: 300_000, irq: 0 },
  interfaces: {},
};

function replayDoors(world: Case["world"]): Doors {
  const http = takeRequests(world.http);
  const exec = takeInTurn(world.exec, (entry) => entry.argv.join(" "));
  const streams = takeInTurn(world.streams, (entry) => entry.target);
  const datagrams = takeInTurn(world.datagrams, (entry) => entry.target);
  const parts = takeInTurn(world.parts, (entry) => `${entry.path} from ${entry.offset}`);
  return {
    fetch: async (url, options = {}) => {
      const { request, answer } = http(`${options.method ?? "GET"} ${url}`, options.body);
      requireHeaders(request, options.headers ?? {});
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
    readPart: async (path, { offset, maxBytes }) => replayPart(world, parts, path, offset, maxBytes),
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
      orThrow(world.lookups[host] ?? literal(host) ?? { error: "dns" as const, message: `No address for ${host}.` }),
    driver: async <Q, A>(name: string) => replayDriver<Q, A>(world, name),
    program: async <Q, A>(name: string) => replayDriver<Q, A>(world, name),
    machine: async () => world.machine ?? MACHINE,
    hardware: async () => world.hardware,
  };
}

function replayDriver<Q, A>(world: Case["world"], name: string): (question: Q) => Promise<A> {
  const turns = takeInTurn(orThrow(world.drivers[name] ?? missing(`driver ${name}`)), (entry) =>
    JSON.stringify(entry.ask),
  );
  return async (question) => {
    const { answer } = turns(JSON.stringify(question));
    const said = Fault.safeParse(answer);
    if (said.success) throw fault(said.data);
    return answer as A; // The case's author vouches for the shape; the plugin parses it.
  };
}

function replayPart(
  world: Case["world"],
  parts: (key: string) => Case["world"]["parts"][number],
  path: string,
  offset: number,
  maxBytes: number,
): FilePart {
  if (world.parts.some((entry) => entry.path === path)) {
    const { data, ...rest } = orThrow(parts(`${path} from ${offset}`).answer);
    const start = offset < 0 ? Math.max(0, rest.bytes + offset) : offset;
    return { ...rest, offset: rest.offset ?? start, data: bytesOf(data).subarray(0, maxBytes) };
  }
  const whole = bytesOf(orThrow(world.files[path] ?? missing(path)));
  const start = offset < 0 ? Math.max(0, whole.length + offset) : offset;
  const facts = { id: `file ${path}`, bytes: whole.length, mtimeMs: 1_790_000_000_000 };
  return { ...facts, offset: start, data: whole.subarray(start, start + maxBytes) };
}

function replayStream(entry: Case["world"]["streams"][number]): Conversation {
  const steps = [...orThrow(entry.steps)];
  let pending = new Uint8Array();
  let tls = entry.tls;
  let waitedMs = 0;
  const fill = (): boolean => {
    const step = steps[0];
    if (step && "error" in step) throw fault(step);
    if (step && "end" in step) steps.shift();
    if (!step || !("receive" in step)) return false;
    steps.shift();
    waitedMs += 1;
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
    get waitedMs() {
      return waitedMs;
    },
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

/** One address may answer several questions, each with its own body: JSON-RPC. Without a body it answers all. */
function takeRequests(entries: Case["world"]["http"]) {
  const keyOf = (key: string, body: string | undefined) => (body === undefined ? key : `${key} ${body}`);
  const keys = entries.map(({ request: { method, url, body } }) => keyOf(`${method} ${url}`, body));
  const take = takeInTurn(entries, ({ request: { method, url, body } }) => keyOf(`${method} ${url}`, body));
  return (key: string, body: string | undefined) => {
    const whole = keyOf(key, body);
    return take(keys.includes(whole) || !keys.includes(key) ? whole : key);
  };
}

function requireHeaders(
  { url, headers }: Case["world"]["http"][number]["request"],
  sent: Readonly<Record<string, string>>,
) {
  const given = new Map(Object.entries(sent).map(([name, value]) => [name.toLowerCase(), value]));
  for (const [name, value] of Object.entries(headers))
    if (given.get(name.toLowerCase()) !== value)
      throw new CollectError(
        "internal",
        `The case expected ${url} to be asked with ${name}: ${value}, the plugin sent ${given.get(name.toLowerCase()) ?? "none"}.`,
      );
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

/** What is an address already is given back, as the real door does. */
function literal(host: string): { address: string; family: 4 | 6 }[] | undefined {
  const bytes = parseAddress(host);
  return bytes && [{ address: host, family: host.includes(":") ? 6 : 4 }];
}

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
