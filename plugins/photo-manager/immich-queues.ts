import { z } from "zod";
import { type HttpApi, parseAnswer, toLabel } from "../sdk";
import { amount, flag } from "./parse";
import type { Reported } from "./program";

/** Immich has 17; many more are not its own. */
const MAX_QUEUES = 100;

const Counts = z.object({ active: amount, waiting: amount, delayed: amount, paused: amount, failed: amount });
const Queues = z.array(z.object({ name: z.string(), isPaused: flag, statistics: Counts }));
const Jobs = z.record(z.string(), z.object({ jobCounts: Counts, queueStatus: z.object({ isPaused: flag }).nullish() }));

interface Queue {
  readonly name: string;
  readonly isPaused: boolean | undefined;
  readonly counts: z.output<typeof Counts>;
}

/** Each queue of background jobs: a list from 2.4 on, before that an object by name. */
export async function readImmichQueues(api: HttpApi, report: Reported): Promise<void> {
  const queues = await listQueues(api);
  const named = new Map(queues.slice(0, MAX_QUEUES).map((one) => [toLabel(one.name), one]));
  for (const [queue, { isPaused, counts }] of named) {
    const { active, waiting, failed } = counts;
    for (const state of ["active", "waiting", "delayed", "paused"] as const) {
      const count = counts[state];
      if (count !== undefined) report("photos_jobs", count, { queue, state });
    }
    if (failed !== undefined) report("photos_jobs_failed", failed, { queue });
    if (isPaused !== undefined) report("photos_queue_paused", isPaused ? 1 : 0, { queue });
    if (waiting !== undefined) report("photos_jobs_stuck", active === 0 && !isPaused ? waiting : 0, { queue });
  }
}

async function listQueues(api: HttpApi): Promise<readonly Queue[]> {
  const answer = await api.ask("/queues", { accept: [404] });
  if (answer.status !== 404)
    return parseAnswer(Queues, answer).map(({ name, isPaused, statistics }) => ({
      name,
      isPaused,
      counts: statistics,
    }));
  return Object.entries(await api.read(Jobs, "/jobs")).map(([name, { jobCounts, queueStatus }]) => ({
    name,
    isPaused: queueStatus?.isPaused,
    counts: jobCounts,
  }));
}
