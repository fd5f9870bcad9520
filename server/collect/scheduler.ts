import type { Clock } from "../clock";
import type { Log } from "../log";
import type { Instance } from "./instance";

/** Runs that wait for a slow network must not hold up the reading of this machine: each kind has its own places. */
const LANES = { host: 8, network: 64 } as const;
export type Lane = keyof typeof LANES;

/** After so many failures in a row the cadence halves, then quarters; one success restores it. */
const SLOWER = [
  { errors: 10, factor: 4 },
  { errors: 4, factor: 2 },
] as const;
/** But a failing instance is asked at least this often, so that its recovery is seen soon. */
const SLOWEST_MS = 300_000;
/**
 * Ticks fall on whole multiples of this. Most of what a small run costs is waking up for it: of 500 instances in 20 seconds, five
 * share a wake-up; a few then start together.
 */
const GRID_MS = 200;

interface Job {
  instance: Instance;
  lane: Lane;
  cancel: () => void;
  stop: AbortController | undefined;
  errors: number;
  /** When it should have started; null while it waits for its tick. */
  dueAt: number | null;
  runNow: boolean;
}

export interface Scheduler {
  /** Starts, changes or stops one instance's timer; no other instance is touched. A change runs it at once. */
  set(instance: Instance, lane: Lane): void;
  remove(instanceId: string): void;
  /** Collects now, outside its cadence. False when it is disabled or unknown. */
  runNow(instanceId: string): boolean;
  /** How late the most delayed run is, in milliseconds: 0 when every due run has started. */
  lateness(): number;
  running(): number;
  /** Ends timers and runs; resolves when all runs have ended or the time is up. */
  stop(graceMs: number): Promise<void>;
}

/**
 * One timer an instance. Ticks fall on `phase + n * interval`, the phase made from the id, so that a thousand instances
 * spread over their interval and a restart keeps their rhythm. No run of an instance overlaps its last.
 */
export function createScheduler(deps: {
  clock: Clock;
  log: Log;
  /** One collection; resolves to whether it succeeded. */
  collect: (instance: Instance, at: number, stop: AbortSignal) => Promise<boolean>;
}): Scheduler {
  const { clock, log, collect } = deps;
  const jobs = new Map<string, Job>();
  const running: Record<Lane, number> = { host: 0, network: 0 };
  const waiting: Record<Lane, { id: string; at: number }[]> = { host: [], network: [] };
  let stopped = false;

  /** @param ranAt the tick of its last run: a timer may fire a moment early, and must not meet its own tick again */
  function plan(id: string, job: Job, ranAt = 0): void {
    job.cancel();
    if (stopped || !job.instance.enabled) return;
    const now = clock.now();
    const isEarly = ranAt > now && ranAt - now < GRID_MS;
    const at = nextTick(id, cadenceMs(job.instance, job.errors), isEarly ? ranAt : now);
    job.cancel = clock.after(at - now, () => start(id, at));
  }

  function start(id: string, at: number): void {
    const job = jobs.get(id);
    if (!job || stopped || job.stop) return;
    job.dueAt = clock.now();
    if (running[job.lane] >= LANES[job.lane]) {
      waiting[job.lane].push({ id, at });
      return;
    }
    void execute(id, job, at);
  }

  async function execute(id: string, job: Job, at: number): Promise<void> {
    const stop = new AbortController();
    job.stop = stop;
    job.dueAt = null;
    running[job.lane] += 1;
    try {
      const succeeded = await collect(job.instance, at, stop.signal);
      if (!stop.signal.aborted) job.errors = succeeded ? 0 : job.errors + 1;
    } catch (error) {
      job.errors += 1;
      log.error({ err: error, instance: job.instance.name }, "a collection broke down");
    } finally {
      running[job.lane] -= 1;
      job.stop = undefined;
      startWaiting(job.lane);
      // A job that was removed or replaced meanwhile has its own plan.
      if (jobs.get(id) === job) {
        if (job.runNow && job.instance.enabled) {
          job.runNow = false;
          start(id, clock.now());
        } else plan(id, job, at);
      }
    }
  }

  function startWaiting(lane: Lane): void {
    const next = waiting[lane].shift();
    if (!next) return;
    const job = jobs.get(next.id);
    if (job && job.dueAt !== null && !job.stop && !stopped && job.instance.enabled) void execute(next.id, job, next.at);
    else startWaiting(lane);
  }

  function runSoon(id: string, job: Job): boolean {
    if (!job.instance.enabled || stopped) return false;
    job.cancel();
    if (job.stop) job.runNow = true;
    else if (job.dueAt === null) start(id, clock.now());
    return true;
  }

  return {
    set(instance, lane) {
      const known = jobs.get(instance.id);
      if (!known) {
        const job: Job = { instance, lane, cancel: () => {}, stop: undefined, errors: 0, dueAt: null, runNow: false };
        jobs.set(instance.id, job);
        // The first reading comes at once, not an interval later: somebody may be looking.
        runSoon(instance.id, job);
        return;
      }
      known.instance = instance;
      known.errors = 0;
      if (instance.enabled) runSoon(instance.id, known);
      else {
        known.cancel();
        known.dueAt = null;
        known.stop?.abort(new Error("The instance was paused."));
      }
    },
    remove(instanceId) {
      const job = jobs.get(instanceId);
      jobs.delete(instanceId);
      job?.cancel();
      job?.stop?.abort(new Error("The instance was removed."));
    },
    runNow(instanceId) {
      const job = jobs.get(instanceId);
      return job ? runSoon(instanceId, job) : false;
    },
    lateness() {
      let late = 0;
      for (const { dueAt } of jobs.values()) if (dueAt !== null) late = Math.max(late, clock.now() - dueAt);
      return late;
    },
    running: () => running.host + running.network,
    async stop(graceMs) {
      stopped = true;
      for (const job of jobs.values()) job.cancel();
      const end = clock.now() + graceMs;
      while (running.host + running.network > 0 && clock.now() < end) await wait(clock, 25);
      for (const job of jobs.values()) job.stop?.abort(new Error("Unity is stopping."));
      if (running.host + running.network > 0) await wait(clock, 25);
    },
  };
}

export function cadenceMs(instance: Instance, errors: number): number {
  const interval = instance.intervalSeconds * 1_000;
  const factor = SLOWER.find((step) => errors >= step.errors)?.factor ?? 1;
  return Math.max(interval, Math.min(interval * factor, SLOWEST_MS));
}

/** The first instant after now on this id's own beat. */
export function nextTick(id: string, cadence: number, now: number): number {
  const phase = Math.floor((hash(id) % cadence) / GRID_MS) * GRID_MS;
  return Math.floor((now - phase) / cadence) * cadence + cadence + phase;
}

/** FNV-1a: spreads ids evenly over an interval. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  return value >>> 0;
}

const wait = (clock: Clock, ms: number) => new Promise<void>((resolve) => void clock.after(ms, resolve));
