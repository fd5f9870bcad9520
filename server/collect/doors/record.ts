import { AsyncLocalStorage } from "node:async_hooks";
import type { Conversation, Doors, HttpAnswer, StreamTarget } from "../../../plugins/sdk/context";
import { Case } from "../../../plugins/sdk/golden-case";
import { impliedNames } from "../../../plugins/sdk/replay";
import { maskTexts } from "../../mask-texts";
import { describeFault, type RecordedFault, type RecordedStream, type World } from "./record-fault";
import { encodeBytes, recordConversation } from "./record-stream";

/** Set while a driver works: its questions and answers say it all, and a replay does not open it. */
const withinDriver = new AsyncLocalStorage<true>();

/** Told once or not at all; the rest is kept as it comes. */
type Told = "machine" | "hardware" | "received";
type Filled = { [K in Exclude<keyof World, Told>]: NonNullable<World[K]> } & Pick<World, Told>;
interface Recording {
  readonly doors: Doors;
  /** What was asked and answered so far, as the `world` of a golden case: replayed, it says the same. */
  world(): World;
}

/**
 * Writes down what passes through the doors.
 *
 * @param secrets values that must not be written; each is masked by as many `*` as it has bytes, so that lengths in
 *   protocols stay true, and also where it was encoded
 */
export function recordDoors(doors: Doors, secrets: readonly string[] = []): Recording {
  const seen: Filled = {
    files: {},
    parts: [],
    dirs: {},
    links: {},
    stats: {},
    statfs: {},
    http: [],
    exec: [],
    streams: [],
    datagrams: [],
    lookups: {},
    drivers: {},
  };
  return {
    doors: {
      readFile: (path, options) => keep(seen.files, path, doors.readFile(path, options), linesOf),
      readPart: (path, part) =>
        append(seen.parts, { path, offset: part.offset }, doors.readPart(path, part), ({ data, ...rest }) => ({
          ...rest,
          data: linesOf(encodeBytes(data)),
        })),
      listDir: (path) => keep(seen.dirs, path, doors.listDir(path), structuredClone),
      readLink: (path) => keep(seen.links, path, doors.readLink(path), structuredClone),
      stat: (path) => keep(seen.stats, path, doors.stat(path), structuredClone),
      statfs: (path, options) => keep(seen.statfs, path, doors.statfs(path, options), structuredClone),
      lookup: (host, family) =>
        withinDriver.getStore()
          ? doors.lookup(host, family)
          : keep(seen.lookups, host, doors.lookup(host, family), structuredClone),
      fetch: (url, options) => {
        const request: Filled["http"][number]["request"] = {
          method: options?.method ?? "GET",
          url,
          ...(options?.body ? { body: options.body } : {}),
        };
        return append(seen.http, { request }, doors.fetch(url, options), (answer) => describeAnswer(url, answer));
      },
      exec: (tool, args, options) =>
        append(seen.exec, { argv: [tool, ...args] }, doors.exec(tool, args, options), (answer) => ({
          code: answer.code,
          stdout: linesOf(answer.stdout),
          stderr: linesOf(answer.stderr),
          ...(answer.truncated ? { truncated: true } : {}),
        })),
      datagram: (target) =>
        withinDriver.getStore()
          ? doors.datagram(target)
          : append(
              seen.datagrams,
              { target: `udp://${target.host}:${target.port}` },
              doors.datagram(target),
              encodeBytes,
            ),
      connect: (target) =>
        withinDriver.getStore() ? doors.connect(target) : recordConnect(doors, seen.streams, target),
      driver: (name, open) => recordDriver(seen.drivers, name, () => doors.driver(name, open)),
      program: (name, module) => recordDriver(seen.drivers, name, () => doors.program(name, module)),
      machine: async () => {
        seen.machine = await doors.machine();
        return seen.machine;
      },
      hardware: async () => {
        seen.hardware = await doors.hardware();
        return seen.hardware;
      },
    },
    world: () => tidy(maskTexts(seen, secrets)),
  };
}

/** The first answer stays: a case has one per key. */
async function keep<T, R>(
  record: Record<string, R | RecordedFault>,
  key: string,
  answer: Promise<T>,
  write: (value: T) => R,
): Promise<T> {
  try {
    const value = await answer;
    if (!Object.hasOwn(record, key)) record[key] = write(value);
    return value;
  } catch (error) {
    if (!Object.hasOwn(record, key)) record[key] = describeFault(error);
    throw error;
  }
}

/** Takes its place when it is asked, so that answers are replayed in the order of the questions. */
async function append<Q, T, R>(
  list: (Q & { answer: R | RecordedFault })[],
  question: Q,
  answer: Promise<T>,
  write: (value: T) => R,
): Promise<T> {
  const entry: Q & { answer: R | RecordedFault } = {
    ...question,
    answer: { error: "timeout", message: "The run ended before the answer." },
  };
  list.push(entry);
  try {
    const value = await answer;
    entry.answer = write(value);
    return value;
  } catch (error) {
    entry.answer = describeFault(error);
    throw error;
  }
}

async function recordConnect(doors: Doors, streams: RecordedStream[], target: StreamTarget): Promise<Conversation> {
  const { transport, host, port, path } = target;
  const entry: RecordedStream = { target: path ? `unix:${path}` : `${transport}://${host}:${port}`, steps: [] };
  streams.push(entry);
  try {
    const stream = await doors.connect(target);
    entry.connectMs = stream.connectMs;
    if (stream.tls) entry.tls = stream.tls;
    const steps: Exclude<RecordedStream["steps"], RecordedFault> = [];
    entry.steps = steps;
    return recordConversation(stream, steps);
  } catch (error) {
    entry.steps = describeFault(error);
    throw error;
  }
}

async function recordDriver<Q, A>(
  drivers: Filled["drivers"],
  name: string,
  open: () => Promise<(question: Q) => Promise<A>>,
): Promise<(question: Q) => Promise<A>> {
  const known = drivers[name];
  const turns = Array.isArray(known) ? known : [];
  try {
    const ask = await withinDriver.run(true, open);
    drivers[name] = turns;
    return (question) => {
      const answer = withinDriver.run(true, () => ask(question));
      return append(turns, { ask: plain(question) }, answer, (value): unknown => plain(value));
    };
  } catch (error) {
    drivers[name] = describeFault(error);
    throw error;
  }
}

function describeAnswer(asked: string, answer: HttpAnswer) {
  const { body, url, redirects, truncated, remoteAddress, ...rest } = answer;
  return {
    ...rest,
    ...(isPlainJson(body) ? { json: JSON.parse(body) as unknown } : { body: linesOf(body) }),
    ...(url === asked ? {} : { url }),
    ...(redirects === 0 ? {} : { redirects }),
    ...(truncated ? { truncated } : {}),
    ...(remoteAddress === "127.0.0.1" ? {} : { remoteAddress }),
  };
}

/** True when the body can be written as JSON and comes back letter for letter. */
function isPlainJson(body: string): boolean {
  try {
    return JSON.stringify(JSON.parse(body)) === body;
  } catch {
    return false;
  }
}

/** A text of several lines as a list of them: cases are read by people. */
const linesOf = (text: string): string | string[] => (text.includes("\n") ? text.split("\n") : text);

const plain = (value: unknown): unknown => (value === undefined ? null : JSON.parse(JSON.stringify(value)));

/** Leaves out what is empty, and the folders that follow from the files in them. */
function tidy(seen: Filled): World {
  const { dirs, ...rest } = seen;
  const implied = Case.shape.world.parse(rest);
  const said = Object.entries(dirs).filter(([path, names]) => {
    const follows = impliedNames(implied, path);
    return !Array.isArray(names) || follows === undefined || names.join("\0") !== follows.join("\0");
  });
  const entries = Object.entries({ ...rest, dirs: Object.fromEntries(said) });
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined && Object.keys(value).length > 0));
}
