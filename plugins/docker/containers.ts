import { type CollectContext, CollectError, type Report } from "../sdk";
import { eachAtOnce } from "./at-once";
import type { Config } from "./config";
import type { Engine } from "./engine";
import type { metrics } from "./metrics";
import type { OomMemory } from "./oom";
import { type Container, parseContainers } from "./parse";
import { type Details, parseDetails } from "./parse-inspect";
import { parseUsage } from "./parse-stats";
import { reportDetails, reportListed, reportUsage } from "./report-container";

type Context = CollectContext<Config>;

/** So many containers are described at once: more makes a busy engine slower, not faster. */
const AT_ONCE = 5;
/** Engines before 23 answer with the next of their own measurements, one a second for all: that is waiting, not work. */
const STATS_AT_ONCE = 25;
/** After so many time-outs the engine is left alone for this run: the other containers would wait in vain. */
const MAX_LATE = 3;

export interface Seen {
  readonly container: Container;
  readonly details: Details | undefined;
}

export async function listContainers(context: Context, engine: Engine, prefix: string, report: Report<typeof metrics>) {
  const answer = await engine.ask(`${prefix}/containers/json${context.config.includeStopped ? "?all=1" : ""}`);
  if (!Array.isArray(answer))
    throw new CollectError("parse", "The engine's list of containers is no list.", {
      hint: "Check that the endpoint is Docker's or Podman's, and not another service's.",
    });
  const { containers, malformed } = parseContainers(answer);
  if (malformed > 0) report.partial("parse", `${malformed} containers in the engine's list make no sense.`);
  return containers;
}

/** Reads each container's state and, when it runs, its use. One that cannot be read does not cost the others. */
export async function readContainers(
  context: Context,
  engine: Engine,
  around: {
    prefix: string;
    shown: readonly Container[];
    oom: OomMemory;
    machineBytes: number | undefined;
  },
  report: Report<typeof metrics>,
): Promise<Seen[]> {
  const { prefix, shown, oom, machineBytes } = around;
  const found = new Map<Container, Details>();
  const problems: CollectError[] = [];
  let skipped = 0;
  const ask = async <T>(path: string, parse: (answer: unknown) => T | undefined): Promise<T | undefined> => {
    if (problems.filter(({ reason }) => reason === "timeout").length < MAX_LATE)
      return attempt(context, problems, async () => parse(await engine.ask(`${prefix}/containers/${path}`)));
    skipped += 1;
    return undefined;
  };

  await eachAtOnce(shown, AT_ONCE, async (container) => {
    reportListed(report, container);
    const details = await ask(`${container.id}/json`, parseDetails);
    if (!details) return;
    found.set(container, details);
    reportDetails(report, container, details, oom);
  });
  oom.keep(shown);
  const running = context.config.collectStats ? shown.filter(({ state }) => state === "running") : [];
  await eachAtOnce(running, STATS_AT_ONCE, async (container) => {
    const usage = await ask(`${container.id}/stats?stream=false&one-shot=true`, parseUsage);
    if (usage) reportUsage(report, container, found.get(container), usage, machineBytes);
  });

  const [first] = problems;
  const rest = problems.length + skipped - 1;
  if (first)
    report.partial(first.reason, `${first.message}${rest > 0 ? ` So it was with ${rest} more requests.` : ""}`);
  return shown.map((container) => ({ container, details: found.get(container) }));
}

/** A container may be gone by the time it is asked about; that is no problem. */
async function attempt<T>(
  context: Context,
  problems: CollectError[],
  work: () => Promise<T | undefined>,
): Promise<T | undefined> {
  try {
    const value = await work();
    if (value === undefined)
      problems.push(new CollectError("parse", "The engine described a container in an unknown shape."));
    return value;
  } catch (error) {
    if (context.signal.aborted || !(error instanceof CollectError)) throw error;
    if (error.reason !== "not_found") problems.push(error);
    return undefined;
  }
}
