import { type CollectContext, CollectError, errorCode } from "../sdk";
import { type PingAnswer, parsePing, type Target } from "./ping-answer";

/** What a probe found. `silent`: nothing came back, which a firewall that drops looks like as well. */
export type Probe =
  | ({ readonly state: "answered" } & PingAnswer)
  | { readonly state: "silent" | "unreachable"; readonly message: string }
  | { readonly state: "refused_here"; readonly message: string };

const PINGS = 3;
/** Tried on a target without `ping`: web, DNS and SSH, of which a router nearly always answers or refuses one. */
const COMMON_PORTS = [443, 80, 53, 22];
/** A missing tool is looked for again after an hour. Milliseconds. */
const LOOK_AGAIN_MS = 3_600_000;

type Context = CollectContext<{ pingTimeoutMs: number }>;

/**
 * Pings the target, or connects to it where this machine has no usable `ping`: then a refusal is an answer too. Where a port is
 * named, the port is meant, and only a connection counts.
 */
export async function probe(context: Context, target: Target): Promise<Probe> {
  if (target.port !== undefined) return connectTo(context, target.host, target.port, "connection");
  return (await ping(context, target)) ?? connectSomewhere(context, target.host);
}

async function ping(context: Context, { host, isGateway }: Target): Promise<Probe | undefined> {
  const missing = context.memory.recall<boolean>("noPing");
  if (missing && context.now - missing.at < LOOK_AGAIN_MS) return undefined;
  const waitMs = context.config.pingTimeoutMs;
  try {
    const address = isGateway ? host : ((await context.lookup(host))[0]?.address ?? host);
    const args = ["-n", "-q", "-c", String(PINGS), "-i", "0.2", "-W", String(Math.ceil(waitMs / 1_000)), address];
    const answer = parsePing((await context.exec("ping", args, { timeoutMs: 2_000 + waitMs })).stdout);
    // No statistics: not allowed to send, or an option it does not know.
    if (!answer) return undefined;
    if (answer.lossRatio >= 1) return { state: "silent", message: `${host} did not answer ${PINGS} pings.` };
    return { state: "answered", ...answer };
  } catch (error) {
    if (context.signal.aborted || !(error instanceof CollectError)) throw error;
    if (error.reason === "missing_tool") context.memory.keep("noPing", true);
    return undefined;
  }
}

/** One connection first, to the port that answered last time; all the others together only when it is silent. */
async function connectSomewhere(context: Context, host: string): Promise<Probe> {
  const key = `port:${host}`;
  const known = context.memory.recall<number>(key)?.value ?? COMMON_PORTS[0] ?? 443;
  const first = await connectTo(context, host, known, "any answer");
  if (first.state !== "silent") return first;
  const others = COMMON_PORTS.filter((port) => port !== known);
  const probes = await Promise.all(others.map((port) => connectTo(context, host, port, "any answer")));
  const answered = probes.findIndex(({ state }) => state === "answered");
  if (answered >= 0) context.memory.keep(key, others[answered]);
  return probes[answered] ?? first;
}

async function connectTo(
  context: Context,
  host: string,
  port: number,
  wanted: "connection" | "any answer",
): Promise<Probe> {
  const startedAt = performance.now();
  try {
    const stream = await context.connect({ transport: "tcp", host, port, timeoutMs: context.config.pingTimeoutMs });
    stream.close();
    return { state: "answered", lossRatio: 0, durationSeconds: stream.connectMs / 1_000 };
  } catch (error) {
    if (context.signal.aborted || !(error instanceof CollectError)) throw error;
    const code = errorCode(error.cause);
    // A refusal travelled there and back: the machine is up, only the port is closed.
    if (wanted === "any answer" && (code === "ECONNREFUSED" || code === "ECONNRESET")) {
      const elapsedMs = error.elapsedMs ?? performance.now() - startedAt;
      return { state: "answered", lossRatio: 0, durationSeconds: elapsedMs / 1_000 };
    }
    if (error.reason === "permission") return { state: "refused_here", message: error.message };
    const silent = wanted === "any answer" && error.reason === "timeout";
    return { state: silent ? "silent" : "unreachable", message: error.message };
  }
}
