import { z } from "zod";
import { type CollectContext, CollectError } from "../sdk";
import type { Config } from "./config";
import type { Engine } from "./engine";
import { toLabel } from "./parse";
import { parseInstant } from "./parse-inspect";

const Event = z.object({
  Action: z.string(),
  Actor: z.object({ Attributes: z.record(z.string(), z.string()).nullish() }),
});

const OOM_FILTER = encodeURIComponent(JSON.stringify({ type: ["container"], event: ["oom"] }));
const EVENTS_MS = 3_000;

/**
 * Names of containers that ran out of memory since the last run. One that is restarted at once looks well again when it is
 * asked about. The window is told in the engine's own time, whose clock may differ from ours.
 */
export async function readOomNames(
  { memory, signal, log }: Pick<CollectContext<Config>, "memory" | "signal" | "log">,
  engine: Pick<Engine, "askLines">,
  prefix: string,
  systemTime: string | null | undefined,
): Promise<ReadonlySet<string>> {
  const until = parseInstant(systemTime);
  const since = memory.recall<number>("eventsUntil")?.value;
  if (until === undefined) return new Set();
  if (since === undefined || since >= until) {
    memory.keep("eventsUntil", until);
    return new Set();
  }
  try {
    const path = `${prefix}/events?since=${since.toFixed(3)}&until=${until.toFixed(3)}&filters=${OOM_FILTER}`;
    const names = parseOomNames(await engine.askLines(path, { timeoutMs: EVENTS_MS }));
    memory.keep("eventsUntil", until);
    return names;
  } catch (error) {
    if (signal.aborted || !(error instanceof CollectError)) throw error;
    // Only a refinement: each container's own state is read all the same. The next run asks for this time again.
    log.debug("the engine's events could not be read", { reason: error.reason });
    return new Set();
  }
}

/** One JSON object a line. */
export function parseOomNames(body: string): ReadonlySet<string> {
  const names = new Set<string>();
  for (const line of body.split("\n")) {
    const event = Event.safeParse(readLine(line));
    const name = event.success && event.data.Action === "oom" ? event.data.Actor.Attributes?.name : undefined;
    if (name) names.add(toLabel(name));
  }
  return names;
}

function readLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    // The last line may be cut off, and an empty one ends the answer.
    return undefined;
  }
}
