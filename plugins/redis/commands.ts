import { z } from "zod";
import { CollectError, toLabel } from "../sdk";
import { toNumber } from "./parse-info";
import { attempt, type Survey } from "./survey";

/** Event, when it was last seen (Unix seconds), how long it took then and at most (milliseconds). */
const Event = z.tuple([z.string(), z.number(), z.number(), z.number()], z.unknown());
const MAX_EVENTS = 100;

export interface LatencyEvent {
  readonly event: string;
  readonly lastAt: string;
  readonly lastSeconds: number;
  readonly longestSeconds: number;
}

export async function collectPing(survey: Survey): Promise<void> {
  await attempt(survey, "The time of an answer", async () => {
    const { ms } = await survey.ask(["PING"]);
    survey.report("redis_ping_duration_seconds", ms / 1_000);
  });
}

/** Before Redis 6.2 INFO does not tell it. Where CONFIG is closed off (managed servers) it stays unknown. */
export async function collectClientLimit({ report, info, ask }: Survey): Promise<void> {
  const told = info.number("maxclients");
  if (told !== undefined) {
    report("redis_clients_max", told);
    return;
  }
  try {
    const { reply } = await ask(["CONFIG", "GET", "maxclients"]);
    const value = Array.isArray(reply) ? toNumber(String(reply[1] ?? "")) : undefined;
    if (value !== undefined) report("redis_clients_max", value);
  } catch (error) {
    if (!(error instanceof CollectError) || !["permission", "unsupported_version"].includes(error.reason)) throw error;
  }
}

/** How long the slow log is, and what the latency monitor last saw. It is off unless latency-monitor-threshold is set. */
export async function collectSlowness(survey: Survey): Promise<readonly LatencyEvent[]> {
  const { report, ask, context, info } = survey;
  // A Sentinel has neither.
  if (!context.config.collectSlowlog || info.text("redis_mode") === "sentinel") return [];
  await attempt(survey, "The slow log", async () => {
    const { reply } = await ask(["SLOWLOG", "LEN"]);
    if (typeof reply !== "number") throw new CollectError("parse", "SLOWLOG LEN answered no number.");
    report("redis_slowlog_length", reply);
  });
  const events = await attempt(survey, "The latency monitor", async () => {
    const { reply } = await ask(["LATENCY", "LATEST"]);
    const parsed = z.array(Event).safeParse(reply);
    if (!parsed.success) throw new CollectError("parse", "LATENCY LATEST answered in an unknown shape.");
    return parsed.data.slice(0, MAX_EVENTS);
  });
  return (events ?? []).map(([event, at, last, longest]) => ({
    event: toLabel(event),
    lastAt: new Date(at * 1_000).toISOString(),
    lastSeconds: last / 1_000,
    longestSeconds: longest / 1_000,
  }));
}
