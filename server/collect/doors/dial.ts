import net from "node:net";
import { CollectError } from "../../../plugins/sdk/errors";
import { elapsedMs } from "./elapsed";
import { toCollectError } from "./failure";
import type { Guard } from "./guard";
import type { Address } from "./lookup";

export interface DialTarget {
  readonly host: string;
  readonly port: number;
  readonly family?: 4 | 6 | undefined;
  /** Connect here instead of to the name's addresses. */
  readonly resolve?: string | undefined;
}
export interface Dialled {
  readonly socket: net.Socket;
  readonly remoteAddress: string;
  readonly dnsMs: number;
  readonly connectMs: number;
}

/** The next address is tried when one has not answered for so long; the first to connect wins (RFC 8305). */
const STAGGER_MS = 300;
/** So many addresses of a name are tried: each costs a socket. */
const MAX_TRIES = 6;

/** Without a reason of its own, each abort would make an error with a stack. */
const OVER = "over";

/** Opens a TCP connection to an address that the guard has found. */
export async function dialTcp(target: DialTarget, guard: Guard, signal: AbortSignal): Promise<Dialled> {
  const { host, port, family, resolve } = target;
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new CollectError("internal", `${port} is not a port.`, { hint: "Use a number from 1 to 65535." });
  const startedAt = performance.now();
  const all = await guard(resolve ?? host, family);
  const addresses = all.filter((entry) => family === undefined || entry.family === family).slice(0, MAX_TRIES);
  if (addresses.length === 0) throw new CollectError("dns", `${host} has no IPv${family} address.`);
  const resolvedAt = performance.now();
  const where = host.includes(":") ? `[${host}]:${port}` : `${host}:${port}`;
  const socket = await connectFirst(addresses, port, where, signal);
  // Where there is only one, nobody need be asked which it was.
  const [only, ...others] = addresses;
  const remoteAddress = (others.length > 0 && socket.remoteAddress) || (only?.address ?? "");
  return { socket, remoteAddress, dnsMs: elapsedMs(startedAt, resolvedAt), connectMs: elapsedMs(resolvedAt) };
}

export async function dialUnix(path: string, signal: AbortSignal): Promise<Dialled> {
  const startedAt = performance.now();
  const socket = await connectOnce({ path }, signal).catch((error: unknown) => {
    throw toCollectError(error, path);
  });
  return { socket, remoteAddress: path, dnsMs: 0, connectMs: elapsedMs(startedAt) };
}

/** Tries addresses one after the other, none waiting long for the one before. Exactly one socket stays open. */
export async function connectFirst(
  addresses: readonly Address[],
  port: number,
  where: string,
  signal: AbortSignal,
): Promise<net.Socket> {
  if (signal.aborted) throw signal.reason;
  const [first, second] = addresses;
  if (first && !second) return connectOnly(first.address, port, where, signal);
  const race = new AbortController();
  const stop = () => race.abort(OVER);
  signal.addEventListener("abort", stop, { once: true });
  const won: { socket?: net.Socket } = {};
  const failures: unknown[] = [];
  const running = new Set<Promise<void>>();
  const attempt = async (address: string) => {
    try {
      const socket = await connectOnce({ host: address, port }, race.signal);
      if (won.socket || race.signal.aborted) socket.destroy();
      else won.socket = socket;
    } catch (error) {
      failures.push(error);
    }
  };
  const start = (address: string) => {
    const tracked = attempt(address).finally(() => running.delete(tracked));
    running.add(tracked);
  };
  try {
    const waiting = addresses.map((entry) => entry.address);
    while (!won.socket && !race.signal.aborted && (waiting.length > 0 || running.size > 0)) {
      const next = waiting.shift();
      if (next !== undefined) start(next);
      await Promise.race([...running, ...(waiting.length > 0 ? [pause(STAGGER_MS, race.signal)] : [])]);
    }
    if (won.socket && !race.signal.aborted) return won.socket;
    won.socket?.destroy();
    throw signal.aborted ? signal.reason : toCollectError(failures[0], where);
  } finally {
    signal.removeEventListener("abort", stop);
    race.abort(OVER);
  }
}

/** Most names have one address, and then there is nothing to race. */
async function connectOnly(host: string, port: number, where: string, signal: AbortSignal): Promise<net.Socket> {
  try {
    const socket = await connectOnce({ host, port }, signal);
    if (!signal.aborted) return socket;
    socket.destroy();
  } catch (error) {
    if (!signal.aborted) throw toCollectError(error, where);
  }
  throw signal.reason;
}

function connectOnce(to: { host: string; port: number } | { path: string }, signal: AbortSignal) {
  return new Promise<net.Socket>((resolve, reject) => {
    const socket = net.connect({ ...to, noDelay: true });
    // For good: an error that comes when nobody reads must not end the process. The next reader sees `errored`.
    socket.on("error", () => {});
    const stop = () => socket.destroy(new Error("The connection attempt was given up."));
    const clean = () => {
      signal.removeEventListener("abort", stop);
      socket.removeListener("error", onError);
    };
    const onError = (error: Error) => {
      clean();
      reject(error);
    };
    socket.once("error", onError);
    socket.once("connect", () => {
      clean();
      resolve(socket);
    });
    if (signal.aborted) stop();
    else signal.addEventListener("abort", stop, { once: true });
  });
}

function pause(ms: number, signal: AbortSignal): Promise<undefined> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve(undefined);
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener("abort", done, { once: true });
  });
}
